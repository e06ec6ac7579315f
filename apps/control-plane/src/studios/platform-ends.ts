import type { App } from '@strongroom/contracts';

/** Ends of apps that are no doing of theirs: kept as sentences, and told apart by them. */
export const platformEnds = {
  restart: 'Strongroom was stopped or restarted',
  crash: 'Strongroom itself ended unexpectedly, and everything that ran with it',
} as const;

export function platformEndOf(reason: string | null): App['endedWithPlatform'] {
  if (reason === platformEnds.restart) return 'restart';
  return reason === platformEnds.crash ? 'crash' : undefined;
}
