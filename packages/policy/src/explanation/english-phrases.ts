import type { ConditionReport } from '../conditions/compile-condition.ts';
import type { MissingAllow, StatementReport } from '../decision.ts';
import { isMissing, type Phrases, plain, quote, quoteAll, senseOf } from './phrases.ts';

export const englishPhrases: Phrases = {
  allow: (statement) => `Allowed by ${name(statement)}.`,
  explicitDeny(statement) {
    const reasons = statement.conditions.map(heldReason);
    const because = reasons.length > 0 ? `, because ${reasons.join(' and ')}` : '';
    return `Denied by ${name(statement)}${because}.`;
  },
  implicitDeny({ action, resourceArn, missing, nearMiss }) {
    const on = resourceArn === '*' ? '' : ` on ${plain(resourceArn)}`;
    const denial = `Denied: ${silence(missing)} ${plain(action)}${on}`;
    if (nearMiss === undefined) return `${denial}.`;
    const reasons = nearMiss.failed.map(failedReason).join(' and ');
    return `${denial}; the statement ${quote(nearMiss.statement)} would, but ${reasons}.`;
  },
};

function name({ statement, policy }: StatementReport): string {
  return `statement ${quote(statement)} of policy ${quote(policy)}`;
}

function silence({ kind, policies }: MissingAllow): string {
  switch (kind) {
    case 'identity':
      return 'no policy allows';
    case 'resource':
      return "the resource's own policy does not allow";
    case 'boundary':
      return `the permissions boundary ${quoteAll(policies)} does not allow`;
    case 'session':
      return 'no session policy allows';
    case 'endpoint':
      return `the endpoint policy ${quoteAll(policies)} does not allow`;
    case 'service-control':
      return policies.length === 0
        ? 'a level without service control policies does not allow'
        : `no service control policy of ${quoteAll(policies)} allows`;
  }
}

function failedReason(condition: ConditionReport): string {
  const key = plain(condition.key);
  const sense = senseOf(condition);
  if (isMissing(condition)) return `${key} is missing from the request`;
  if (sense === 'present') return `${key} is present in the request`;
  const seen = `${key} is ${quoteAll(condition.seen ?? [])}`;
  const wanted = quoteAll(condition.wanted);
  const several = condition.wanted.length > 1;
  switch (sense) {
    case 'equal':
      return `${seen}, not ${several ? 'one of ' : ''}${wanted}`;
    case 'excluded':
      return `${seen}, which the statement excludes`;
    case 'less':
      return `${seen}, not less than ${wanted}`;
    case 'at-most':
      return `${seen}, not at most ${wanted}`;
    case 'more':
      return `${seen}, not more than ${wanted}`;
    case 'at-least':
      return `${seen}, not at least ${wanted}`;
    case 'other':
      return `${seen}, which does not satisfy ${condition.operator} ${wanted}`;
  }
}

function heldReason(condition: ConditionReport): string {
  const key = plain(condition.key);
  if (isMissing(condition)) return `${key} is missing from the request`;
  return `${key} is ${quoteAll(condition.seen ?? [])}`;
}
