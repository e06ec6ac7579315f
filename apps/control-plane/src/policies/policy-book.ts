import type { PolicyBinding, ProfileName } from '@strongroom/contracts';
import { type CompiledPolicy, compilePolicy, type PolicySet } from '@strongroom/policy';
import type { Domain } from '../config/domain.ts';
import type { Person } from '../identity/person.ts';
import { renderPolicies } from './render-policies.ts';
import type { RenderedPolicy } from './rendered-policy.ts';

/** Whose policies are asked for: a person in the console, or the notebooks of one. */
export type ActingAs =
  | { readonly kind: 'person'; readonly person: Pick<Person, 'profileName' | 'role' | 'team'> }
  | { readonly kind: 'execution-role'; readonly profileName: ProfileName };

interface Entry {
  readonly policy: RenderedPolicy;
  readonly compiled: CompiledPolicy;
}

/**
 * Every policy of the domain, rendered and compiled once for each state of the domain file and of
 * the administrators' own documents.
 */
export class PolicyBook {
  readonly #domain: () => Domain;
  readonly #own: () => readonly RenderedPolicy[];
  #rendered:
    | { domain: Domain; own: readonly RenderedPolicy[]; entries: readonly Entry[] }
    | undefined;

  constructor(domain: () => Domain, own: () => readonly RenderedPolicy[]) {
    this.#domain = domain;
    this.#own = own;
  }

  list(): RenderedPolicy[] {
    return this.#entries().map(({ policy }) => policy);
  }

  identityPoliciesOf(acting: ActingAs): Required<Pick<PolicySet, 'identity'>> {
    return { identity: this.#compiled('identity', (binding) => binds(binding, acting)) };
  }

  endpointPoliciesOf(endpoint: string): Required<Pick<PolicySet, 'endpoint'>> {
    const isOfIt = (binding: PolicyBinding) =>
      binding.kind === 'endpoint' && binding.endpoint === endpoint;
    return { endpoint: this.#compiled('endpoint', isOfIt) };
  }

  #compiled(
    kind: RenderedPolicy['kind'],
    isBound: (binding: PolicyBinding) => boolean,
  ): CompiledPolicy[] {
    return this.#entries()
      .filter(({ policy }) => policy.kind === kind && policy.bindings.some(isBound))
      .map(({ compiled }) => compiled);
  }

  #entries(): readonly Entry[] {
    const domain = this.#domain();
    const own = this.#own();
    if (this.#rendered?.domain === domain && this.#rendered.own === own) {
      return this.#rendered.entries;
    }
    const entries = [...renderPolicies(domain), ...own].map((policy) => ({
      policy,
      compiled: compilePolicy(policy.document, { kind: policy.kind, name: policy.name }),
    }));
    this.#rendered = { domain, own, entries };
    return entries;
  }
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
    case 'endpoint':
      return false;
  }
}
