import { isDeepStrictEqual } from 'node:util';
import { lastingProperties, nameProperties } from './lasting-properties.ts';
import type { StackTemplate, TemplateResource } from './template.ts';

export interface TemplateChange {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Names of properties, of a change. */
  readonly properties: readonly string[];
  /** Why `deploy` does not do it. */
  readonly refusal: ChangeRefusal | undefined;
}

interface ChangeRefusal {
  readonly code: 'ReplacesWhatIsKept' | 'MovesWhatIsKept' | 'RemovesTheDomain';
  readonly reason: string;
}

/** Every resource that comes, goes or changes, and which of it an upgrade must not do. */
export function compareTemplates(
  before: readonly StackTemplate[],
  after: readonly StackTemplate[],
): TemplateChange[] {
  const namesAfter = namedPlaces(after);
  const added = after.flatMap((stack) => addedTo(stack, stackOf(before, stack.stackName)));
  const gone = before.flatMap((stack) =>
    removedFrom(stack, stackOf(after, stack.stackName), namesAfter),
  );
  const changed = after.flatMap((stack) => changedIn(stack, stackOf(before, stack.stackName)));
  return [...added, ...gone, ...changed];
}

export function isRefused(changes: readonly TemplateChange[]): boolean {
  return changes.some(({ refusal }) => refusal !== undefined);
}

function stackOf(stacks: readonly StackTemplate[], stackName: string): StackTemplate {
  const found = stacks.find((stack) => stack.stackName === stackName);
  return found ?? { stackName, resources: new Map() };
}

function addedTo(stack: StackTemplate, before: StackTemplate): TemplateChange[] {
  return [...stack.resources].flatMap(([logicalId, { type }]) => {
    if (before.resources.has(logicalId)) return [];
    const { stackName } = stack;
    return [{ stackName, logicalId, type, kind: 'added', properties: [], refusal: undefined }];
  });
}

function removedFrom(
  stack: StackTemplate,
  after: StackTemplate,
  namesAfter: ReadonlyMap<string, string>,
): TemplateChange[] {
  return [...stack.resources].flatMap(([logicalId, resource]) => {
    if (after.resources.has(logicalId)) return [];
    const { stackName } = stack;
    const { type } = resource;
    const refusal = refuseRemoval(resource, namesAfter);
    return [{ stackName, logicalId, type, kind: 'removed', properties: [], refusal }];
  });
}

function refuseRemoval(
  resource: TemplateResource,
  namesAfter: ReadonlyMap<string, string>,
): ChangeRefusal | undefined {
  const name = physicalName(resource);
  const place = name === undefined ? undefined : namesAfter.get(name);
  if (place !== undefined) {
    const lost = lastingProperties[resource.type]?.lost ?? 'it';
    const mend = resource.type.startsWith('AWS::SageMaker::')
      ? '; write the number of stacks that there was under aws.cohorts'
      : '';
    const reason = `"${name?.split(' ')[1]}" would be removed here and made anew in ${place}: lost is ${lost}${mend}`;
    return { code: 'MovesWhatIsKept', reason };
  }
  if (resource.type !== 'AWS::SageMaker::Domain') return undefined;
  const reason =
    'the SageMaker domain would go; strongroom aws destroy does that, after it has asked';
  return { code: 'RemovesTheDomain', reason };
}

function changedIn(stack: StackTemplate, before: StackTemplate): TemplateChange[] {
  return [...stack.resources].flatMap(([logicalId, resource]) => {
    const old = before.resources.get(logicalId);
    if (old === undefined) return [];
    const properties = differing(old.properties, resource.properties);
    const isOther = old.type !== resource.type;
    if (properties.length === 0 && !isOther) return [];
    const { stackName } = stack;
    const refusal = refuseChange(old, properties, isOther);
    return [{ stackName, logicalId, type: resource.type, kind: 'changed', properties, refusal }];
  });
}

function refuseChange(
  { type }: TemplateResource,
  properties: readonly string[],
  isOther: boolean,
): ChangeRefusal | undefined {
  const lasting = lastingProperties[type];
  if (lasting === undefined) return undefined;
  const replacing = properties.filter((property) => lasting.properties.includes(property));
  if (replacing.length === 0 && !isOther) return undefined;
  const what = isOther
    ? 'it would become another kind of resource'
    : `AWS sets ${replacing.join(' and ')} only when it is made`;
  return { code: 'ReplacesWhatIsKept', reason: `${what}: lost is ${lasting.lost}` };
}

function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}

/** `<type> <name>` of everything that has a name of its own, and the stack that it is in. */
function namedPlaces(stacks: readonly StackTemplate[]): Map<string, string> {
  return new Map(
    stacks.flatMap(({ stackName, resources }) =>
      [...resources.values()].flatMap((resource) => {
        const name = physicalName(resource);
        return name === undefined ? [] : [[name, stackName] as const];
      }),
    ),
  );
}

function physicalName({ type, properties }: TemplateResource): string | undefined {
  const property = nameProperties[type];
  const name = property === undefined ? undefined : properties[property];
  return typeof name === 'string' ? `${type} ${name}` : undefined;
}
