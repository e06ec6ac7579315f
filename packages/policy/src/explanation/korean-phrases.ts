import type { ConditionReport } from '../conditions/compile-condition.ts';
import type { MissingAllow, StatementReport } from '../decision.ts';
import { isMissing, type Phrases, plain, quote, quoteAll, senseOf } from './phrases.ts';

export const koreanPhrases: Phrases = {
  allow: (statement) => `${name(statement)}에 따라 허용되었습니다.`,
  explicitDeny(statement) {
    const reasons = statement.conditions.map(heldReason);
    const because = reasons.length > 0 ? `${reasons.join(' ')} ` : '';
    return `${because}${name(statement)}에 따라 거부되었습니다.`;
  },
  implicitDeny({ action, resourceArn, missing, nearMiss }) {
    const on = resourceArn === '*' ? '' : `${plain(resourceArn)}에 대한 `;
    const denial = `${on}${plain(action)} 작업을 ${silence(missing)} 거부되었`;
    if (nearMiss === undefined) return `${denial}습니다.`;
    const reasons = nearMiss.failed.map(failedReason).join(' ');
    return `${denial}으며, ${quote(nearMiss.statement)} 구문은 ${reasons} 적용되지 않았습니다.`;
  },
};

function name({ statement, policy }: StatementReport): string {
  return `${quote(policy)} 정책의 ${quote(statement)} 구문`;
}

function silence({ kind, policies }: MissingAllow): string {
  switch (kind) {
    case 'identity':
      return '허용하는 정책이 없어';
    case 'resource':
      return '리소스 정책이 허용하지 않아';
    case 'boundary':
      return `권한 경계 ${quoteAll(policies)}에서 허용하지 않아`;
    case 'session':
      return '세션 정책이 허용하지 않아';
    case 'endpoint':
      return `엔드포인트 정책 ${quoteAll(policies)}에서 허용하지 않아`;
    case 'service-control':
      return policies.length === 0
        ? '서비스 제어 정책이 없는 조직 단계가 있어'
        : `서비스 제어 정책 ${quoteAll(policies)}에서 허용하지 않아`;
  }
}

function failedReason(condition: ConditionReport): string {
  const key = plain(condition.key);
  const sense = senseOf(condition);
  if (isMissing(condition)) return `요청에 ${key} 값이 없어`;
  if (sense === 'present') return `요청에 ${key} 값이 있어`;
  const seen = quoteAll(condition.seen ?? []);
  const wanted = quoteAll(condition.wanted);
  switch (sense) {
    case 'equal':
      return condition.wanted.length > 1
        ? `${key} 값이 ${wanted} 중 하나여야 하지만 ${seen}이므로`
        : `${key} 값이 ${wanted}이어야 하지만 ${seen}이므로`;
    case 'excluded':
      return `${key} 값이 제외 대상인 ${seen}이므로`;
    case 'less':
      return `${key} 값이 ${wanted}보다 작아야 하지만 ${seen}이므로`;
    case 'at-most':
      return `${key} 값이 ${wanted} 이하여야 하지만 ${seen}이므로`;
    case 'more':
      return `${key} 값이 ${wanted}보다 커야 하지만 ${seen}이므로`;
    case 'at-least':
      return `${key} 값이 ${wanted} 이상이어야 하지만 ${seen}이므로`;
    case 'other':
      return `${key} 값 ${seen}에서 ${condition.operator} ${wanted} 조건이 맞지 않아`;
  }
}

function heldReason(condition: ConditionReport): string {
  const key = plain(condition.key);
  if (isMissing(condition)) return `요청에 ${key} 값이 없어`;
  return `${key} 값이 ${quoteAll(condition.seen ?? [])}이므로`;
}
