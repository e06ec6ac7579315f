import { buildIdentities } from '../policies/build-identities.ts';
import { collectPolicies } from '../policies/collect-policies.ts';
import type { Identity } from '../policies/identity.ts';
import type { Wording } from '../policies/look-up-wording.ts';
import type { ReadPolicy } from '../policies/read-policy.ts';
import type { Surroundings } from '../resolve/scope.ts';
import type { Resolved } from '../resolve/unknown.ts';
import { readTemplate } from '../template/read-template.ts';
import { TemplateError } from '../template/template-error.ts';
import { buildResources } from './build-resources.ts';
import { stackName } from './nested-template.ts';
import { indexResources, type Resources } from './resources.ts';
import { buildStacks } from './stacks.ts';

/** Everything that the questions ask about. */
export interface Model {
  readonly resources: Resources;
  readonly policies: readonly ReadPolicy[];
  readonly identities: readonly Identity[];
  /** What the validator of the policy language says to each policy. */
  readonly wording: Wording;
}

export interface ModelOptions {
  /** By stack name or file name. */
  readonly templates: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>;
  readonly surroundings?: Partial<Surroundings>;
}

/** AWS's own example account: a template that is bound to none is read as if it were this one's. */
const exampleSurroundings: Surroundings = {
  accountId: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
};

export function buildModel({
  templates,
  parameters = {},
  surroundings = {},
}: ModelOptions): Omit<Model, 'wording'> {
  const read = Object.entries(templates).map(([name, template]) =>
    readTemplate(stackName(name), template),
  );
  if (read.length === 0) throw new TemplateError('no-template', '', 'none was given');
  const place = { ...exampleSurroundings, ...surroundings };
  const { scopes, missing } = buildStacks({
    ...{ templates: read, surroundings: place },
    parameters: new Map<string, Resolved>(Object.entries(parameters)),
  });
  const resources = indexResources(scopes.flatMap(buildResources), {
    surroundings: place,
    missingStacks: missing,
    transforms: scopes.flatMap(({ stack, template }) =>
      template.transforms.map((transform) => ({ stack, transform })),
    ),
  });
  const policies = collectPolicies(resources);
  return { resources, policies, identities: buildIdentities(resources, policies) };
}
