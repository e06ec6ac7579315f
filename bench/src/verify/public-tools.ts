import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  App,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  Stack,
} from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { controlTowerViolations } from './control-tower.ts';
import type { WrittenTemplate } from './template-set.ts';

export const toolNames = [
  'CloudFormation Validate',
  'cdk-nag AwsSolutions',
  'cdk-nag NIST 800-53',
  'cdk-nag PCI DSS',
  'cfn-guard Control Tower',
] as const;
export type ToolName = (typeof toolNames)[number];

/** What each tool finds, as texts that can be compared with those of the templates in order. */
export type ToolFindings = Readonly<Record<ToolName, ReadonlySet<string>>>;

type Violations = ReturnType<IPolicyValidationPlugin['validate']>['violations'];

const validator = new CloudFormationValidatePlugin();
const place = { accountId: '111122223333', region: 'ap-northeast-2' };

/** Most mistakes are in one of the templates: what was found in another is remembered. */
const known = new Map<string, Readonly<Record<ToolName, readonly string[]>>>();

/** Other people's tools on the same templates, without any finding acknowledged. */
export async function askPublicTools(
  folder: string,
  templates: Readonly<Record<string, WrittenTemplate>>,
): Promise<ToolFindings> {
  await mkdir(folder, { recursive: true });
  const found: Record<ToolName, Set<string>> = {
    'CloudFormation Validate': new Set(),
    'cdk-nag AwsSolutions': new Set(),
    'cdk-nag NIST 800-53': new Set(),
    'cdk-nag PCI DSS': new Set(),
    'cfn-guard Control Tower': new Set(),
  };
  for (const [name, template] of Object.entries(templates)) {
    const text = JSON.stringify(template);
    const file = join(folder, name);
    if (!known.has(text)) {
      await writeFile(file, text);
      known.set(text, askAll(file, template));
    }
    const findings = known.get(text);
    for (const tool of toolNames) {
      for (const finding of findings?.[tool] ?? []) found[tool].add(finding);
    }
  }
  return found;
}

function askAll(
  file: string,
  template: WrittenTemplate,
): Readonly<Record<ToolName, readonly string[]>> {
  const nag = nagOn(file);
  return {
    'CloudFormation Validate': validate(file),
    'cdk-nag AwsSolutions': nag(new AwsSolutionsChecks()),
    'cdk-nag NIST 800-53': nag(new NIST80053R5Checks()),
    'cdk-nag PCI DSS': nag(new PCIDSS321Checks()),
    'cfn-guard Control Tower': textsOf(controlTowerViolations(file, template)),
  };
}

function validate(templatePath: string): readonly string[] {
  const stackTemplates = [{ stackConstructPath: 'stack', templatePath, ...place }];
  const context = { stackTemplates } as unknown as Parameters<typeof validator.validate>[0];
  return textsOf(validator.validate(context).violations);
}

/** Rules look at constructs: the template is made into some. One that cannot be is found, too. */
function nagOn(templateFile: string): (pack: NagPack) => readonly string[] {
  const stack = new Stack(new App({ analyticsReporting: false }), 'stack', {
    env: { account: place.accountId, region: place.region },
  });
  try {
    new CfnInclude(stack, 'template', { templateFile, allowCyclicalReferences: true });
  } catch (error) {
    return () => [`unreadable: ${error instanceof Error ? error.message : String(error)}`];
  }
  return (pack) => textsOf(pack.validateScope(stack).violations);
}

/** Each place is a finding of its own: that a rule names fewer of them is nothing found. */
function textsOf(violations: Violations): readonly string[] {
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.flatMap(({ resourceLogicalId, constructPath, locations }) =>
      (locations.length > 0 ? locations : ['']).map(
        (location) => `${ruleName} ${resourceLogicalId ?? constructPath} ${location}`,
      ),
    ),
  );
}
