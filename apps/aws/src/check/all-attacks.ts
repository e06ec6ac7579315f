import type { Attack } from './attacks/attack.ts';
import {
  changeTags,
  openAnotherStudio,
  openFromOutside,
  spaceOfAnother,
  unapprovedType,
} from './attacks/studios.ts';
import { readFromOutside, uploadUnderAnotherKey, uploadWithoutKey } from './attacks/uploads.ts';

/** Each has to be refused; what one makes all the same is taken away. */
export const allAttacks: readonly Attack[] = [
  ...[uploadWithoutKey, uploadUnderAnotherKey, readFromOutside],
  ...[openAnotherStudio, openFromOutside, unapprovedType, spaceOfAnother, changeTags],
];
