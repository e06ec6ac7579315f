import { invalidElement } from './document/policy-document-error.ts';
import { compileGlob, globMatches } from './patterns/glob.ts';
import { fixedPattern, parseTemplate, resolveTemplate } from './patterns/template.ts';
import type { RequestContext } from './request-context.ts';

/** Undefined when the pattern has a variable without a value. */
export type ResourceTest = (context: RequestContext) => boolean | undefined;

const arnComponents = 6;

/**
 * A resource is compared as one text, case-sensitive: `*` reaches over slashes and colons. An
 * ARN with fewer than six fields is completed with wildcards.
 */
export function compileResource(pattern: string, variables: boolean, path: string): ResourceTest {
  const complete = completeArn(pattern);
  const template = parseTemplate(complete, { variables, wildcards: true });
  if (template === undefined) throw invalidElement(path, `unreadable variable in "${pattern}"`);
  const fixed = fixedPattern(template);
  if (fixed !== undefined) {
    const matches = compileGlob(fixed);
    return (context) => matches(context.resourceArn);
  }
  if (!variablesStandLast(complete)) {
    throw invalidElement(path, 'a variable can stand after the fifth colon of an ARN only');
  }
  return (context) => {
    const parts = resolveTemplate(template, context.variable);
    return parts && globMatches(parts, context.resourceArn);
  };
}

function variablesStandLast(pattern: string): boolean {
  return pattern.slice(0, pattern.indexOf('${')).split(':').length >= arnComponents;
}

function completeArn(pattern: string): string {
  if (!pattern.startsWith('arn:')) return pattern;
  const missing = arnComponents - pattern.split(':').length;
  return missing > 0 ? pattern + ':*'.repeat(missing) : pattern;
}
