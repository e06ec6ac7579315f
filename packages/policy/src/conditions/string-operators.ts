import { compileGlob, globMatches } from '../patterns/glob.ts';
import {
  fixedPattern,
  parseTemplate,
  patternText,
  resolveTemplate,
  type Template,
} from '../patterns/template.ts';
import { contextText } from '../request-context.ts';
import type { Operand, OperandCompiler } from './operand.ts';

export const stringEquals: OperandCompiler = (source, { variables }) => {
  const template = parseTemplate(source, { variables, wildcards: false });
  return template && textOperand(source, template);
};

export const stringLike: OperandCompiler = (source, { variables }) => {
  const template = parseTemplate(source, { variables, wildcards: true });
  return template && textOperand(source, template);
};

export const stringEqualsIgnoreCase: OperandCompiler = (source, { variables }) => {
  const template = parseTemplate(source, { variables, wildcards: false });
  if (template === undefined) return undefined;
  const text = resolvedText(source, template);
  return {
    matches(seen, context) {
      const parts = resolveTemplate(template, context.variable);
      if (parts === undefined) return undefined;
      return patternText(parts).toLowerCase() === contextText(seen).toLowerCase();
    },
    text,
  };
};

function textOperand(source: string, template: Template): Operand {
  const text = resolvedText(source, template);
  const fixed = fixedPattern(template);
  if (fixed !== undefined) {
    const matches = compileGlob(fixed);
    return { matches: (seen) => matches(contextText(seen)), text };
  }
  return {
    matches(seen, context) {
      const parts = resolveTemplate(template, context.variable);
      return parts && globMatches(parts, contextText(seen));
    },
    text,
  };
}

/** A value whose variable has no value is shown as it was written. */
export function resolvedText(source: string, template: Template): Operand['text'] {
  const fixed = fixedPattern(template);
  if (fixed !== undefined) {
    const text = patternText(fixed);
    return () => text;
  }
  return (context) => {
    const parts = resolveTemplate(template, context.variable);
    return parts === undefined ? source : patternText(parts);
  };
}
