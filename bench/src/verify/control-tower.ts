import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import type { WrittenTemplate } from './template-set.ts';

type Context = Parameters<CfnGuardValidator['validate']>[0];
type Violations = ReturnType<CfnGuardValidator['validate']>['violations'];

interface RuleFile {
  readonly path: string;
  readonly types: ReadonlySet<string>;
}

const rulesInPackage = 'rules/control-tower/cfn-guard';
/** A rule over many statements says each of them. */
const outputBytes = 64 * 1024 * 1024;
const ruleFiles = readRuleFiles();

/**
 * cfn-guard with the rules of AWS Control Tower's proactive controls.
 *
 * Each of the 237 files of rules costs the same time, whether it has anything to say or not. A rule names the
 * types that it looks at, so those whose types a template lacks are left out: they could find nothing.
 */
export function controlTowerViolations(
  templatePath: string,
  { Resources }: WrittenTemplate,
): Violations {
  const types = Object.values(Resources).map(({ Type }) => Type);
  const rules = ruleFiles
    .filter((rule) => types.some((type) => rule.types.has(type)))
    .map(({ path }) => path);
  if (rules.length === 0) return [];
  const guard = new CfnGuardValidator({
    ...{ controlTowerRulesEnabled: false, rules, maxBuffer: outputBytes },
  });
  return guard.validate({ templatePaths: [templatePath] } as unknown as Context).violations;
}

function readRuleFiles(): readonly RuleFile[] {
  const manifest = createRequire(import.meta.url).resolve(
    '@cdklabs/cdk-validator-cfnguard/package.json',
  );
  const folder = join(dirname(manifest), rulesInPackage);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.guard'))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return { path, types: new Set(readFileSync(path, 'utf8').match(/AWS(::\w+){2}/g)) };
    });
}
