import { accessQuestions } from './access-questions.ts';
import { evidenceQuestions } from './evidence-questions.ts';
import { keysQuestions } from './keys-questions.ts';
import { networkQuestions } from './network-questions.ts';
import { policiesQuestions } from './policies-questions.ts';
import type { Question } from './question.ts';
import { storageQuestions } from './storage-questions.ts';
import { studioQuestions } from './studio-questions.ts';

/** Every question, in the order of the report. */
export const questions: readonly Question[] = [
  ...networkQuestions,
  ...keysQuestions,
  ...storageQuestions,
  ...studioQuestions,
  ...accessQuestions,
  ...policiesQuestions,
  ...evidenceQuestions,
];
