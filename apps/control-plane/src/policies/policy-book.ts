import type { PolicyBinding, ProfileName } from '@strongroom/contracts';
import type { Domain, RenderedPolicy } from '@strongroom/domain';
import { bucketPolicy, type DomainResources, renderPolicies } from '@strongroom/domain';
import { type CompiledPolicy, compilePolicy, type PolicySet } from '@strongroom/policy';
import type { Person } from '../identity/person.ts';

/** Whose policies are asked for: a person in the console, or the notebooks of one. */
export type ActingAs =
  | { readonly kind: 'person'; readonly person: Pick<Person, 'profileName' | 'role' | 'team'> }
  | { readonly kind: 'execution-role'; readonly profileName: ProfileName };

interface Entry {
  readonly policy: RenderedPolicy;
  readonly compiled: CompiledPolicy;
}

interface Rendering {
  readonly domain: Domain;
  readonly own: readonly RenderedPolicy[];
  readonly dataKeyArn: string;
  readonly entries: readonly Entry[];
  /** By whom or what they bind, filled at the first question of each. */
  readonly sets: Map<string, PolicySet>;
  /** Whether any document has a condition key or variable, filled at the first question of each. */
  readonly mentions: Map<string, boolean>;
}

/**
 * Every policy of the domain, rendered and compiled once for each state of the domain file and of
 * the administrators' own documents.
 */
export class PolicyBook {
  readonly #domain: () => Domain;
  readonly #own: () => readonly RenderedPolicy[];
  readonly #resources: () => DomainResources;
  #rendering: Rendering | undefined;

  constructor(
    domain: () => Domain,
    own: () => readonly RenderedPolicy[],
    resources: () => DomainResources,
  ) {
    this.#domain = domain;
    this.#own = own;
    this.#resources = resources;
  }

  list(): RenderedPolicy[] {
    return this.#current().entries.map(({ policy }) => policy);
  }

  /** The identity policies of a person or an execution role, with the role's permissions boundary. */
  policiesOf(acting: ActingAs): PolicySet {
    return this.#setOf(keyOf(acting), (entries) => {
      const bound = (kind: RenderedPolicy['kind']) =>
        compiledOf(entries, kind, (binding) => binds(binding, acting));
      const [boundary] = bound('boundary');
      return { identity: bound('identity'), ...(boundary === undefined ? {} : { boundary }) };
    });
  }

  endpointPoliciesOf(endpoint: string): { readonly endpoint: readonly CompiledPolicy[] } {
    const { endpoint: found = [] } = this.#setOf(`endpoint/${endpoint}`, (entries) => ({
      endpoint: compiledOf(
        entries,
        'endpoint',
        (binding) => binding.kind === 'endpoint' && binding.endpoint === endpoint,
      ),
    }));
    return { endpoint: found };
  }

  /** A bucket that no domain file names has the rules of those that it does. */
  bucketPoliciesOf(bucket: string): { readonly resource: readonly CompiledPolicy[] } {
    const { resource = [] } = this.#setOf(`bucket/${bucket}`, (entries) => {
      const named = compiledOf(
        entries,
        'resource',
        (binding) => binding.kind === 'bucket' && binding.bucket === bucket,
      );
      if (named.length > 0) return { resource: named };
      const { domain, dataKeyArn } = this.#current();
      const { name, document } = bucketPolicy(bucket, domain.domain.accountId, dataKeyArn);
      return { resource: [compilePolicy(document, { kind: 'resource', name })] };
    });
    return { resource };
  }

  /** Whether any document has this in it: a condition key that costs something to know. */
  mentions(conditionKey: string): boolean {
    const { mentions, entries } = this.#current();
    const known = mentions.get(conditionKey);
    if (known !== undefined) return known;
    const found = entries.some(({ policy }) => documentMentions(policy.document, conditionKey));
    mentions.set(conditionKey, found);
    return found;
  }

  #setOf(key: string, find: (entries: readonly Entry[]) => PolicySet): PolicySet {
    const { sets, entries } = this.#current();
    const known = sets.get(key);
    if (known !== undefined) return known;
    const found = find(entries);
    sets.set(key, found);
    return found;
  }

  #current(): Rendering {
    const domain = this.#domain();
    const own = this.#own();
    const { dataKeyArn } = this.#resources();
    const known = this.#rendering;
    if (known?.domain === domain && known.own === own && known.dataKeyArn === dataKeyArn) {
      return known;
    }
    const entries = [...renderPolicies(domain, { dataKeyArn }), ...own].map((policy) => ({
      policy,
      compiled: compilePolicy(policy.document, { kind: policy.kind, name: policy.name }),
    }));
    this.#rendering = { domain, own, dataKeyArn, entries, sets: new Map(), mentions: new Map() };
    return this.#rendering;
  }
}

/** Of a parsed document, since its text may have escapes; condition keys are not case-sensitive. */
export function documentMentions(document: unknown, conditionKey: string): boolean {
  return JSON.stringify(document).toLowerCase().includes(conditionKey.toLowerCase());
}

function compiledOf(
  entries: readonly Entry[],
  kind: RenderedPolicy['kind'],
  isBound: (binding: PolicyBinding) => boolean,
): CompiledPolicy[] {
  return entries
    .filter(({ policy }) => policy.kind === kind && policy.bindings.some(isBound))
    .map(({ compiled }) => compiled);
}

/** Two whom the same bindings name have the same key. */
function keyOf(acting: ActingAs): string {
  if (acting.kind === 'execution-role') return `execution-role/${acting.profileName}`;
  const { profileName, role, team } = acting.person;
  return `person/${profileName}/${role}/${team}`;
}

function binds(binding: PolicyBinding, acting: ActingAs): boolean {
  switch (binding.kind) {
    case 'everyone':
      return true;
    case 'role':
      return acting.kind === 'person' && acting.person.role === binding.role;
    case 'team':
      return acting.kind === 'person' && acting.person.team === binding.team;
    case 'person':
      return acting.kind === 'person' && acting.person.profileName === binding.profileName;
    case 'execution-role':
      return acting.kind === 'execution-role' && acting.profileName === binding.profileName;
    case 'every-execution-role':
      return acting.kind === 'execution-role';
    case 'endpoint':
    case 'bucket':
    case 'key':
      return false;
  }
}
