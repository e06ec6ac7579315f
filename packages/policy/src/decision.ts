import type { ConditionReport } from './conditions/compile-condition.ts';
import type { PolicyKind } from './policy-document.ts';
import type { PrincipalMatch } from './principals/match-principal.ts';

export type DecisionEffect = 'allow' | 'explicit-deny' | 'implicit-deny';

/** The answer to one request, with everything needed to say why. */
export interface Decision {
  readonly effect: DecisionEffect;
  readonly action: string;
  readonly resourceArn: string;
  /** The statements that decided: the denials, or what gave the access. Empty when nothing did. */
  readonly deciding: readonly StatementReport[];
  /** Every statement that applied, of either effect. */
  readonly statements: readonly StatementReport[];
  /** Statements about this action and resource whose condition did not hold. */
  readonly nearMisses: readonly NearMiss[];
  /** For an implicit deny: which policies had to allow and did not, outermost first. */
  readonly missing: readonly MissingAllow[];
}

export interface StatementReport {
  readonly policy: string;
  readonly kind: PolicyKind;
  /** The Sid, or its place in the document such as `Statement[2]`. */
  readonly statement: string;
  readonly effect: 'Allow' | 'Deny';
  /** How closely the statement names who asked; undefined where policies do not name principals. */
  readonly principal: PrincipalMatch | undefined;
  /** The conditions that held. */
  readonly conditions: readonly ConditionReport[];
}

export interface NearMiss extends StatementReport {
  /** The conditions that did not hold. */
  readonly failed: readonly ConditionReport[];
}

export interface MissingAllow {
  readonly kind: PolicyKind;
  /** The policies that were asked; empty when there is none of this kind. */
  readonly policies: readonly string[];
}
