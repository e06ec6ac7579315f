import type { PersonalToken } from '@strongroom/contracts';

const soonMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** Whether a token still signs in, and whether somebody should think of the next one. */
export function tokenState(
  { expiresAt }: Pick<PersonalToken, 'expiresAt'>,
  now: number,
): 'valid' | 'soon' | 'expired' {
  const leftMilliseconds = Date.parse(expiresAt) - now;
  if (leftMilliseconds <= 0) return 'expired';
  return leftMilliseconds <= soonMilliseconds ? 'soon' : 'valid';
}
