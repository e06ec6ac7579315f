import type { KeyOverview } from '@strongroom/contracts';

/** A key by its first alias, which is what a person knows it by. */
export function nameOfKey({ aliases, keyId }: KeyOverview): string {
  return aliases[0] ?? keyId;
}
