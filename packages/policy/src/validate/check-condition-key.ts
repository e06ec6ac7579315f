import { findKey } from './find-key.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import { canHaveKey } from './key-of-action.ts';
import { findLookAlike } from './look-alikes.ts';
import { nearestKey } from './nearest-key.ts';
import type { ConditionReading } from './read-conditions.ts';
import type { StatementReading } from './statement-reading.ts';

/** Is there such a key, and can a request for the statement's actions have it? */
export function* checkConditionKey(
  condition: ConditionReading,
  statement: StatementReading,
): Iterable<Finding> {
  const { key, path } = condition;
  // A look-alike has its own finding, which names the character.
  if (findLookAlike(key) !== undefined) return;
  const found = findKey(statement.vocabulary, key);
  if (found.kind === 'unknown') {
    const meant = nearestKey(statement.vocabulary, key);
    yield error('UnknownConditionKey', path, unknownWording(condition, meant));
  }
  if (found.kind === 'service' && !canHaveKey(statement, found.key)) {
    yield warning('KeyNotForAction', path, foreignWording(condition));
  }
}

function unknownWording(condition: ConditionReading, meant: string | undefined): Wording {
  const shown = quote(condition.key);
  const { english, korean } = consequence(condition);
  return {
    message: meant
      ? `Replace ${shown} with "${meant}": there is no such condition key, ${english}`
      : `Replace or remove ${shown}: there is no such condition key, ${english}`,
    korean: meant
      ? `${shown} 키를 "${meant}" 키로 바꾸세요. 그런 조건 키는 없습니다. ${korean}`
      : `${shown} 키를 바꾸거나 지우세요. 그런 조건 키는 없습니다. ${korean}`,
  };
}

function foreignWording(condition: ConditionReading): Wording {
  const shown = quote(condition.key);
  const { english, korean } = consequence(condition);
  return {
    message: `Move ${shown} to a statement for actions that have it: ${english}`,
    korean: `${shown} 키를 그 키가 있는 작업의 문으로 옮기세요. ${korean}`,
  };
}

/** What a condition on a key that no request has comes to. */
function consequence({ operator, base }: ConditionReading): { english: string; korean: string } {
  if (base === 'null') {
    return { english: 'no request has it', korean: '그 키를 가진 요청은 없습니다' };
  }
  const holds =
    operator.ifExists ||
    operator.qualifier === 'ForAllValues' ||
    (operator.negated && operator.qualifier === undefined);
  return holds
    ? { english: 'so the condition always holds', korean: '그래서 조건이 항상 참입니다' }
    : { english: 'so the condition never holds', korean: '그래서 조건이 항상 거짓입니다' };
}
