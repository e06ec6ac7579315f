import { findKey } from './find-key.ts';
import { type Finding, warning } from './finding.ts';
import { readConditions } from './read-conditions.ts';
import type { StatementReading } from './statement-reading.ts';

/** A service whose words cannot be checked is said once, and not passed over in silence. */
export function* checkServicesLoaded(statements: readonly StatementReading[]): Iterable<Finding> {
  const said = new Set<string>();
  for (const { prefix, path } of statements.flatMap(uncheckedPrefixes)) {
    if (said.has(prefix)) continue;
    said.add(prefix);
    yield warning('UncheckedService', path, {
      message: `Load the vocabulary of "${prefix}" to check its actions and condition keys`,
      korean: `"${prefix}" 서비스의 어휘를 불러와야 작업과 조건 키를 검사할 수 있습니다`,
    });
  }
}

function uncheckedPrefixes(statement: StatementReading): { prefix: string; path: string }[] {
  const ofActions = statement.actions.flatMap(({ outcome, path }) =>
    outcome.kind === 'unchecked' ? [{ prefix: outcome.prefix, path }] : [],
  );
  const ofKeys = readConditions(statement).flatMap(({ key, path }) => {
    const found = findKey(statement.vocabulary, key);
    return found.kind === 'unchecked' ? [{ prefix: found.prefix, path }] : [];
  });
  return [...ofActions, ...ofKeys];
}
