import { logGroupsKept } from './evidence/log-groups-kept.ts';
import { spendingWatched } from './evidence/spending-watched.ts';
import { templateComplete } from './evidence/template-complete.ts';
import { trailOfDataEvents } from './evidence/trail-of-data-events.ts';
import { trailTamperEvident } from './evidence/trail-tamper-evident.ts';
import type { Question } from './question.ts';

export const evidenceQuestions: readonly Question[] = [
  logGroupsKept,
  spendingWatched,
  templateComplete,
  trailOfDataEvents,
  trailTamperEvident,
];
