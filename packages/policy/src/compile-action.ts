import { invalidElement } from './document/policy-document-error.ts';
import { compileGlob } from './patterns/glob.ts';
import { fixedPattern, parseTemplate } from './patterns/template.ts';

/** Takes an action in lower case: service prefixes and action names are not case-sensitive. */
export type ActionTest = (action: string) => boolean;

export function compileAction(patterns: readonly string[], path: string): ActionTest {
  const exact = new Set<string>();
  const globs: ActionTest[] = [];
  for (const pattern of patterns) {
    if (pattern !== '*' && !pattern.includes(':')) {
      throw invalidElement(path, `"${pattern}" has no service prefix such as "s3:"`);
    }
    const folded = pattern.toLowerCase();
    if (/[*?]/.test(folded)) globs.push(actionGlob(folded));
    else exact.add(folded);
  }
  const [glob, ...otherGlobs] = globs;
  if (glob === undefined) return (action) => exact.has(action);
  if (exact.size === 0 && otherGlobs.length === 0) return glob;
  return (action) => exact.has(action) || globs.some((matches) => matches(action));
}

/** Variables have no meaning in actions. */
function actionGlob(pattern: string): ActionTest {
  const template = parseTemplate(pattern, { variables: false, wildcards: true }) ?? [];
  return compileGlob(fixedPattern(template) ?? []);
}
