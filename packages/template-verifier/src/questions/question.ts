import type { Model } from '../graph/model.ts';
import type { Place } from '../graph/resource.ts';
import type { Text } from '../text.ts';

export type Verdict = 'holds' | 'broken' | 'unknown' | 'not-applicable';

export type QuestionGroup =
  | 'network'
  | 'keys'
  | 'storage'
  | 'studio'
  | 'access'
  | 'policies'
  | 'evidence';

/** One thing that a person who answers for the installation wants to know. */
export interface Question {
  readonly id: string;
  readonly group: QuestionGroup;
  readonly title: Text;
  readonly why: Text;
  /** The AWS document that the rule rests on. */
  readonly reference: string;
  readonly ask: (model: Model) => Outcome;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** What one place of the template says to the question. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'not-applicable'>;
  readonly place: Place;
  /** What is wrong or cannot be told; undefined where all is well. */
  readonly says: Text | undefined;
  readonly statements: readonly DecidingStatement[];
  readonly counterExample: CounterExample | undefined;
}

/** A policy statement that decided, and where it stands. */
export interface DecidingStatement {
  readonly place: Place;
  readonly statement: string;
  readonly effect: 'Allow' | 'Deny';
}

/** A request that shows the mistake: who could do what, and how. */
export interface CounterExample {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
  readonly effect: 'allowed' | 'refused';
}
