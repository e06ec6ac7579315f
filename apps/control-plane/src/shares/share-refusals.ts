import { StrongroomError } from '@strongroom/contracts';
import type { ShareAction } from '@strongroom/domain';
import type { Decision } from '../policies/access-request.ts';
import type { Share } from './share.ts';

/**
 * What whoever may not is told: the rule, and nothing about the share. The policies' own sentences
 * would name its owner and its audience.
 */
export function shareRefused({ rule }: Pick<Decision, 'rule'>, action: ShareAction) {
  const isSilent = rule === 'implicit-deny' || rule === 'person-disabled';
  const sentence = isSilent
    ? 'This was not shared with you, or not for this.'
    : `The rule "${rule}" forbids it.`;
  const koreanSentence = isSilent
    ? '이 노트북이 공유되지 않았거나 이 작업이 허용되지 않았습니다.'
    : `규칙 "${rule}"이(가) 이 작업을 금지합니다.`;
  return new StrongroomError('AccessDenied', sentence, {
    remedy: 'Ask whoever sent you the link.',
    values: { action, rule, sentence, koreanSentence },
  });
}

export function shareNotFound(): StrongroomError {
  return new StrongroomError('ShareNotFound', 'Cannot find this share');
}

/** Told only to those who could read it before, and to those who manage it. */
export function shareEnded(
  state: 'revoked' | 'expired',
  { revokedAt, revokedBy, expiresAt }: Pick<Share, 'revokedAt' | 'revokedBy' | 'expiresAt'>,
  revokedByName: string | undefined = revokedBy,
): StrongroomError {
  if (state === 'expired') {
    return new StrongroomError('ShareExpired', 'Cannot open this share: it has expired', {
      values: { expiresAt: expiresAt.toISOString() },
    });
  }
  return new StrongroomError('ShareRevoked', 'Cannot open this share: it was revoked', {
    values: {
      ...(revokedAt === undefined ? {} : { revokedAt: revokedAt.toISOString() }),
      ...(revokedBy === undefined ? {} : { revokedBy, revokedByName: revokedByName ?? revokedBy }),
    },
  });
}
