import type { DomainPolicies } from '@strongroom/contracts';
import type { PolicyServices } from './policy-services.ts';

/** The policies as the console and the command line show them. */
export function describePolicies({ book, problems, warnings }: PolicyServices): DomainPolicies {
  return {
    policies: book.list().map(({ name, kind, purpose, bindings, file, document }) => ({
      ...{ name, kind, purpose, document },
      bindings: [...bindings],
      file: file ?? null,
    })),
    problems: problems(),
    warnings: warnings(),
  };
}
