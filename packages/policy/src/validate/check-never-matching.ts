import { findContradiction } from './contradictions.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import { readConditions } from './read-conditions.ts';
import type { ResolvedAction } from './resolve-actions.ts';
import type { StatementReading } from './statement-reading.ts';

/** A statement that no request can meet. A Deny of this sort protects nothing. */
export function* checkNeverMatching(statement: StatementReading): Iterable<Finding> {
  const { effect, path } = statement;
  if (effect === undefined) return;
  const report = effect === 'Deny' ? error : warning;
  const code = effect === 'Deny' ? 'NeverMatchingDeny' : 'NeverMatchingAllow';
  if (matchesNoAction(statement)) yield report(code, path, noActionWording);
  const contradiction = findContradiction(readConditions(statement), statement.vocabulary);
  if (contradiction === undefined) return;
  yield report(code, contradiction.path, contradictionWording(contradiction.key));
}

function matchesNoAction({ actions }: StatementReading): boolean {
  if (actions.length === 0) return false;
  const [first] = actions;
  return first?.negated === true
    ? actions.some(({ outcome }) => outcome.kind === 'every')
    : actions.every(namesNothing);
}

function namesNothing({ outcome }: ResolvedAction): boolean {
  switch (outcome.kind) {
    case 'every':
    case 'unchecked':
      return false;
    case 'malformed':
    case 'unknown-service':
      return true;
    case 'resolved':
      return outcome.actions.length === 0;
  }
}

const noActionWording: Wording = {
  message: 'Name actions that exist: the statement applies to none, so it has no effect',
  korean: '있는 작업을 쓰세요. 이 문에 해당하는 작업이 없어 효과가 없습니다',
};

function contradictionWording(key: string): Wording {
  return {
    message: `Change the conditions on ${quote(key)}: no request meets all of them, so the statement has no effect`,
    korean: `${quote(key)} 키의 조건을 고치세요. 모두 만족하는 요청이 없어 이 문은 효과가 없습니다`,
  };
}
