import { createScope } from '../resolve/create-scope.ts';
import type { Scope, Surroundings } from '../resolve/scope.ts';
import { isResolvedObject, isUnknown, type Resolved } from '../resolve/unknown.ts';
import { circular, exportNotGiven, nothingCalled } from '../resolve/unknown-reasons.ts';
import { isObject, type Template } from '../template/template.ts';
import { nestedTemplate } from './nested-template.ts';

export interface StackSet {
  readonly scopes: readonly Scope[];
  /** Nested stacks whose template was not given: `stack/logicalId`. */
  readonly missing: readonly { readonly stack: string; readonly logicalId: string }[];
}

export interface StackOptions {
  readonly templates: readonly Template[];
  readonly surroundings: Surroundings;
  readonly parameters: ReadonlyMap<string, Resolved>;
}

/** Deeper than CloudFormation goes; bounds templates that nest themselves. */
const deepest = 6;

/** Every stack that the templates make: those that stand alone, and what is nested in them. */
export function buildStacks({ templates, surroundings, parameters }: StackOptions): StackSet {
  const scopes: Scope[] = [];
  const missing: { stack: string; logicalId: string }[] = [];
  const children = new Map<string, Scope>();
  const exported = exportsOf(scopes);

  const open = (template: Template, stack: string, given: ReadonlyMap<string, Resolved>): Scope => {
    const scope: Scope = createScope({
      ...{ stack, template, surroundings, parameters: given, exported },
      output: (nested, name) => outputOf(children.get(`${stack}/${nested}`), nested, name),
    });
    scopes.push(scope);
    for (const [logicalId, resource] of Object.entries(template.resources)) {
      if (resource.type !== 'AWS::CloudFormation::Stack') continue;
      const found = nestedTemplate(templates, logicalId, resource);
      if (found === undefined || stack.split('/').length >= deepest) {
        missing.push({ stack, logicalId });
        continue;
      }
      const child = `${stack}/${logicalId}`;
      children.set(child, open(found, child, nestedParameters(scope, resource.properties)));
    }
    return scope;
  };

  const nested = new Set(
    templates.flatMap((template) =>
      Object.entries(template.resources)
        .filter(([, { type }]) => type === 'AWS::CloudFormation::Stack')
        .map(([logicalId, resource]) => nestedTemplate(templates, logicalId, resource)?.name),
    ),
  );
  for (const template of templates) {
    if (!nested.has(template.name)) open(template, template.name, parameters);
  }
  return { scopes, missing };
}

/** Worked out when asked for: what a parent passes may come from a sibling's output. */
function nestedParameters(scope: Scope, properties: object): ReadonlyMap<string, Resolved> {
  const given = 'Parameters' in properties ? properties.Parameters : {};
  const values = isObject(given) ? given : {};
  const names = new Set(Object.keys(values));
  return new LazyMap(names, (name) =>
    scope.once(`nested:${name}`, () => scope.resolve(values[name])),
  );
}

class LazyMap extends Map<string, Resolved> {
  readonly #names: ReadonlySet<string>;
  readonly #read: (name: string) => Resolved;

  constructor(names: ReadonlySet<string>, read: (name: string) => Resolved) {
    super();
    this.#names = names;
    this.#read = read;
  }

  override has(name: string): boolean {
    return this.#names.has(name);
  }

  override get(name: string): Resolved {
    return this.#names.has(name) ? this.#read(name) : undefined;
  }
}

function outputOf(child: Scope | undefined, nested: string, name: string): Resolved {
  if (child === undefined) return nothingCalled(`${nested}.Outputs.${name}`);
  const output = child.template.outputs[name];
  if (!isObject(output)) return nothingCalled(`${nested}.Outputs.${name}`);
  return child.once(`output:${name}`, () => child.resolve(output.Value));
}

function exportsOf(scopes: readonly Scope[]): (name: string) => Resolved {
  const known = new Map<string, Resolved>();
  const find = (name: string): Resolved => {
    for (const scope of scopes) {
      for (const [logicalName, output] of Object.entries(scope.template.outputs)) {
        if (!isObject(output) || !isObject(output.Export)) continue;
        const exportName = scope.once(`export:${logicalName}`, () =>
          scope.resolve(isObject(output.Export) ? output.Export.Name : undefined),
        );
        if (exportName !== name) continue;
        const value = scope.once(`output:${logicalName}`, () => scope.resolve(output.Value));
        return isResolvedObject(value) ? circular() : value;
      }
    }
    return exportNotGiven(name);
  };
  return (name) => {
    const found = known.has(name) ? known.get(name) : find(name);
    // What refers to itself, or is not there yet, may be known when it is asked for again.
    if (!isUnknown(found)) known.set(name, found);
    return found;
  };
}
