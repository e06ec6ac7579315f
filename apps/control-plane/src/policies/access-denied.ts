import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { Action } from '@strongroom/domain';
import type { Decision } from './access-request.ts';

/** A refusal that names the rule, for people of either language and for programs. */
export function accessDenied(
  { rule, sentence, koreanSentence }: Decision,
  { action, profileName }: { readonly action: Action; readonly profileName?: ProfileName },
): StrongroomError {
  return new StrongroomError('AccessDenied', sentence, {
    remedy: 'An administrator can tell you more, with the reference.',
    values: {
      ...{ action, rule, sentence, koreanSentence },
      ...(profileName === undefined ? {} : { profileName }),
    },
  });
}
