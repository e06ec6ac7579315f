import { buildModel, type Model, type ModelOptions } from './graph/model.ts';
import { lookUpWording, type WordingOptions } from './policies/look-up-wording.ts';
import type { Outcome, Question, Verdict } from './questions/question.ts';
import { questions } from './questions/questions.ts';

export interface VerifyOptions extends ModelOptions, WordingOptions {}

export interface Answer extends Outcome {
  readonly question: Question;
}

export interface Verification {
  readonly answers: readonly Answer[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly resourceCount: number;
  readonly stacks: readonly string[];
  /** Where a template does not say, what it was read for. */
  readonly surroundings: Model['resources']['surroundings'];
}

/**
 * Puts every question to the templates. Nothing is deployed and nothing is called: what only a
 * deployment tells is unknown, and never holds.
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const read = buildModel(options);
  const model = { ...read, wording: await lookUpWording(read.policies, options) };
  const answers = questions.map((question): Answer => ({ question, ...question.ask(model) }));
  const count = (verdict: Verdict) => answers.filter((answer) => answer.verdict === verdict).length;
  return {
    answers,
    counts: {
      holds: count('holds'),
      broken: count('broken'),
      unknown: count('unknown'),
      'not-applicable': count('not-applicable'),
    },
    resourceCount: model.resources.all.length,
    stacks: [...new Set(model.resources.all.map(({ stack }) => stack))],
    surroundings: model.resources.surroundings,
  };
}
