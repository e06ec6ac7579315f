import { executionRoleKeyGrants } from './keys/execution-role-key-grants.ts';
import { executionRoleNoKeyAdministration } from './keys/execution-role-no-key-administration.ts';
import { keyAdministrationSeparate } from './keys/key-administration-separate.ts';
import { keyClosedToStrangers } from './keys/key-closed-to-strangers.ts';
import { keyRotation } from './keys/key-rotation.ts';
import { keysAndDataKept } from './keys/keys-and-data-kept.ts';
import type { Question } from './question.ts';

export const keysQuestions: readonly Question[] = [
  executionRoleKeyGrants,
  executionRoleNoKeyAdministration,
  keyAdministrationSeparate,
  keyClosedToStrangers,
  keyRotation,
  keysAndDataKept,
];
