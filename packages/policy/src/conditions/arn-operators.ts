import { type GlobPart, globMatches } from '../patterns/glob.ts';
import {
  isVariable,
  parseTemplate,
  resolveTemplate,
  type Template,
  type TemplatePart,
} from '../patterns/template.ts';
import { contextText, type RequestContext } from '../request-context.ts';
import type { OperandCompiler } from './operand.ts';
import { resolvedText } from './string-operators.ts';

const arnComponents = 6;

/**
 * ArnEquals and ArnLike are the same operator: each of the six components is compared by itself,
 * so a `*` never reaches over a colon, except in the last component (IAM User Guide, "ARN
 * condition operators").
 */
export const arnLike: OperandCompiler = (source, { variables }) => {
  const template = parseTemplate(source, { variables, wildcards: true });
  if (template === undefined) return undefined;
  const text = resolvedText(source, template);
  if (source === '*') return { matches: (seen) => splitArn(contextText(seen)) !== undefined, text };

  const components = splitTemplate(template);
  return {
    matches(seen, context) {
      const seenComponents = splitArn(contextText(seen));
      const wanted = resolveComponents(components, context);
      if (seenComponents === undefined || wanted === undefined) return undefined;
      if (wanted.length !== arnComponents) return false;
      return wanted.every((pattern, index) => globMatches(pattern, seenComponents[index] ?? ''));
    },
    text,
  };
};

function splitArn(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  if (parts.length < arnComponents) return undefined;
  return [...parts.slice(0, arnComponents - 1), parts.slice(arnComponents - 1).join(':')];
}

/** Components are told apart before variables are filled in: a value cannot move a colon. */
function splitTemplate(template: Template): readonly Template[] {
  let current: TemplatePart[] = [];
  const components = [current];
  for (const part of template) {
    if (typeof part !== 'string') {
      current.push(part);
      continue;
    }
    let rest = part;
    let colon = rest.indexOf(':');
    while (colon >= 0 && components.length < arnComponents) {
      current.push(rest.slice(0, colon));
      current = [];
      components.push(current);
      rest = rest.slice(colon + 1);
      colon = rest.indexOf(':');
    }
    current.push(rest);
  }
  return components;
}

function resolveComponents(
  components: readonly Template[],
  context: RequestContext,
): readonly (readonly GlobPart[])[] | undefined {
  const whole = wholeVariable(components);
  if (whole !== undefined) {
    const value = resolveTemplate(whole, context.variable);
    return value && splitArn(value.join(''))?.map((component) => [component]);
  }
  const resolved = components.map((component) => resolveTemplate(component, context.variable));
  return resolved.some((component) => component === undefined)
    ? undefined
    : (resolved as readonly (readonly GlobPart[])[]);
}

/** `${aws:PrincipalArn}` alone stands for a whole ARN. */
function wholeVariable([only, ...others]: readonly Template[]): Template | undefined {
  const [part, ...rest] = only ?? [];
  if (others.length > 0 || rest.length > 0 || part === undefined) return undefined;
  return isVariable(part) ? only : undefined;
}
