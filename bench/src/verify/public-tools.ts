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
import type { WrittenTemplate } from './template-set.ts';

export const toolNames = [
  'CloudFormation Validate',
  'cdk-nag AwsSolutions',
  'cdk-nag NIST 800-53',
  'cdk-nag PCI DSS',
] as const;
export type ToolName = (typeof toolNames)[number];

/** What each tool finds, as texts that can be compared with those of the templates in order. */
export type ToolFindings = Readonly<Record<ToolName, ReadonlySet<string>>>;

type Violations = ReturnType<IPolicyValidationPlugin['validate']>['violations'];

const validator = new CloudFormationValidatePlugin();
const place = { accountId: '111122223333', region: 'ap-northeast-2' };

/** Other people's tools on the same templates, without any finding acknowledged. */
export async function askPublicTools(
  folder: string,
  templates: Readonly<Record<string, WrittenTemplate>>,
): Promise<ToolFindings> {
  await mkdir(folder, { recursive: true });
  const files = await Promise.all(
    Object.entries(templates).map(async ([name, template]) => {
      const file = join(folder, name);
      await writeFile(file, JSON.stringify(template));
      return file;
    }),
  );
  const found: Record<ToolName, ReadonlySet<string>> = {
    'CloudFormation Validate': new Set(files.flatMap(validate)),
    'cdk-nag AwsSolutions': nag(files, () => new AwsSolutionsChecks()),
    'cdk-nag NIST 800-53': nag(files, () => new NIST80053R5Checks()),
    'cdk-nag PCI DSS': nag(files, () => new PCIDSS321Checks()),
  };
  return found;
}

function validate(templatePath: string): readonly string[] {
  const stackTemplates = [{ stackConstructPath: 'stack', templatePath, ...place }];
  const context = { stackTemplates } as unknown as Parameters<typeof validator.validate>[0];
  return textsOf(validator.validate(context).violations);
}

/** Rules look at constructs: the template is made into some. One that cannot be is found, too. */
function nag(files: readonly string[], pack: () => NagPack): ReadonlySet<string> {
  const findings = files.flatMap((templateFile) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'stack', {
      env: { account: place.accountId, region: place.region },
    });
    try {
      new CfnInclude(stack, 'template', { templateFile, allowCyclicalReferences: true });
    } catch (error) {
      return [`unreadable: ${String(error)}`];
    }
    return textsOf(pack().validateScope(stack).violations);
  });
  return new Set(findings);
}

function textsOf(violations: Violations): readonly string[] {
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(
      ({ resourceLogicalId, constructPath, locations }) =>
        `${ruleName} ${resourceLogicalId ?? constructPath} ${locations.join(',')}`,
    ),
  );
}
