import type { DomainPolicies } from '@strongroom/contracts';
import type { RenderedPolicy } from './rendered-policy.ts';

/** The policies as the console and the command line show them. */
export function describePolicies(
  policies: readonly RenderedPolicy[],
  problems: DomainPolicies['problems'],
): DomainPolicies {
  return {
    policies: policies.map(({ name, kind, purpose, bindings, file, document }) => ({
      ...{ name, kind, purpose, document },
      bindings: [...bindings],
      file: file ?? null,
    })),
    problems: [...problems],
  };
}
