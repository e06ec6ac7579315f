import { isObject, type Template } from '../template/template.ts';
import { resolveCondition } from './condition-functions.ts';
import { resolveValue } from './resolve-value.ts';
import type { Scope, Surroundings } from './scope.ts';
import { isUnknown, type Resolved, type Unknown } from './unknown.ts';
import {
  circular,
  nothingCalled,
  parameterFromStore,
  parameterWithoutValue,
} from './unknown-reasons.ts';

export interface ScopeOptions {
  readonly stack: string;
  readonly template: Template;
  readonly surroundings: Surroundings;
  /** Given values; a parameter without one takes the template's default. */
  readonly parameters: ReadonlyMap<string, Resolved>;
  exported(name: string): Resolved;
  output(nestedStack: string, name: string): Resolved;
}

export function createScope(options: ScopeOptions): Scope {
  const { stack, template, surroundings } = options;
  const conditions = new Map<string, boolean | Unknown>();
  const running = new Set<string>();
  const once: Scope['once'] = (key, work) => {
    if (running.has(key)) return circular();
    running.add(key);
    try {
      return work();
    } finally {
      running.delete(key);
    }
  };
  const scope: Scope = {
    ...{ stack, template, surroundings, once },
    exported: options.exported,
    output: options.output,
    resolve: (value) => resolveValue(value, scope),
    parameter: (name) =>
      options.parameters.has(name) ? options.parameters.get(name) : defaultOf(template, name),
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const expression = template.conditions[name];
      const value =
        expression === undefined
          ? nothingCalled(name)
          : once(`condition:${name}`, () => resolveCondition(expression, scope));
      const holds = isUnknown(value) ? value : value === true;
      conditions.set(name, holds);
      return holds;
    },
  };
  return scope;
}

function defaultOf(template: Template, name: string): Resolved {
  const parameter = template.parameters[name];
  if (!isObject(parameter)) return parameterWithoutValue(name);
  const type = String(parameter.Type ?? 'String');
  // Its default is the name of an entry in the store, and not the value.
  if (type.startsWith('AWS::SSM::')) return parameterFromStore(name);
  const value = parameter.Default;
  if (typeof value !== 'string' && typeof value !== 'number') return parameterWithoutValue(name);
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) return value;
  return String(value)
    .split(',')
    .map((item) => item.trim());
}
