import { buildModel, type Model, type ModelOptions } from './graph/model.ts';
import { lookUpWording, type WordingOptions } from './policies/look-up-wording.ts';
import type { Outcome, Question, Verdict } from './questions/question.ts';
import { questions } from './questions/questions.ts';
import type { Text } from './text.ts';

export interface VerifyOptions extends ModelOptions, WordingOptions {
  /** What a template cannot do, and what is done about it instead. */
  readonly acceptances?: readonly Acceptance[];
}

/** A question whose mistake is known and mended elsewhere. It stays in every report, with its reason. */
export interface Acceptance {
  readonly questionId: string;
  readonly reason: Text;
}

export interface Answer extends Outcome {
  readonly question: Question;
  /** Set where the question is broken and somebody said why that is in order. */
  readonly accepted: Text | undefined;
}

export interface Verification {
  readonly answers: readonly Answer[];
  /** Without what is accepted. */
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly acceptedCount: number;
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
  const reasons = new Map(
    options.acceptances?.map(({ questionId, reason }) => [questionId, reason]),
  );
  const answers = questions.map((question): Answer => {
    const outcome = question.ask(model);
    const accepted = outcome.verdict === 'broken' ? reasons.get(question.id) : undefined;
    return { question, ...outcome, accepted };
  });
  const count = (verdict: Verdict) =>
    answers.filter((answer) => answer.verdict === verdict && answer.accepted === undefined).length;
  return {
    answers,
    counts: {
      holds: count('holds'),
      broken: count('broken'),
      unknown: count('unknown'),
      'not-applicable': count('not-applicable'),
    },
    acceptedCount: answers.filter(({ accepted }) => accepted !== undefined).length,
    resourceCount: model.resources.all.length,
    stacks: [...new Set(model.resources.all.map(({ stack }) => stack))],
    surroundings: model.resources.surroundings,
  };
}
