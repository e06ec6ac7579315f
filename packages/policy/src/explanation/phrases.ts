import type { ConditionReport } from '../conditions/compile-condition.ts';
import { findOperator } from '../conditions/condition-operator.ts';
import type { MissingAllow, NearMiss, StatementReport } from '../decision.ts';

/** The sentences of one language. */
export interface Phrases {
  allow(statement: StatementReport): string;
  explicitDeny(statement: StatementReport): string;
  implicitDeny(denial: ImplicitDenial): string;
}

interface ImplicitDenial {
  readonly action: string;
  readonly resourceArn: string;
  readonly missing: MissingAllow;
  readonly nearMiss: NearMiss | undefined;
}

/** What a condition asks for, as far as it can be said in a few words. */
export type ConditionSense =
  | 'present'
  | 'equal'
  | 'excluded'
  | 'less'
  | 'at-most'
  | 'more'
  | 'at-least'
  | 'other';

export function senseOf({ operator: name }: ConditionReport): ConditionSense {
  const operator = findOperator(name);
  if (operator === undefined || operator.qualifier !== undefined) return 'other';
  if (operator.compileOperand === undefined) return 'present';
  if (operator.negated) return 'excluded';
  if (/LessThanEquals/i.test(name)) return 'at-most';
  if (/LessThan/i.test(name)) return 'less';
  if (/GreaterThanEquals/i.test(name)) return 'at-least';
  return /GreaterThan/i.test(name) ? 'more' : 'equal';
}

const longestQuote = 200;

/** Values come from requests and policies: no line breaks, no flood, in a sentence for people. */
export function quote(text: string): string {
  return `"${plain(text)}"`;
}

export function quoteAll(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map(quote).join(', ');
  return texts.length > 5 ? `${shown}, …` : shown;
}

export function plain(text: string): string {
  const visible = text.replace(/\p{C}/gu, ' ');
  return visible.length > longestQuote ? `${visible.slice(0, longestQuote)}…` : visible;
}

/** A key without values says as little as a missing key. */
export function isMissing({ seen }: ConditionReport): boolean {
  return seen === undefined || seen.length === 0;
}
