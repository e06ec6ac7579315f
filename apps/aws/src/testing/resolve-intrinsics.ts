import type { TestTemplate } from './synthesized.ts';

/** A template's value with every reference replaced by the name that the test gives it. */
export function resolveIntrinsics(
  value: unknown,
  templates: readonly TestTemplate[],
  nameOf: (logicalId: string, attribute: string) => string,
): unknown {
  const resolve = (inner: unknown): unknown => resolveIntrinsics(inner, templates, nameOf);
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (name === 'Ref') return nameOf(String(argument), 'Ref');
    if (name === 'Fn::GetAtt') {
      const [id = '', attribute = ''] = argument as string[];
      return nameOf(id, attribute);
    }
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(resolve).join(separator);
    }
    if (name === 'Fn::ImportValue') return resolve(exported(String(argument), templates));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
}

function exported(name: string, templates: readonly TestTemplate[]): unknown {
  const outputs = templates.flatMap((template) => Object.values(template.outputs));
  const found = outputs.find((output) => output.Export?.Name === name);
  if (found === undefined) throw new Error(`No template exports "${name}"`);
  return found.Value;
}
