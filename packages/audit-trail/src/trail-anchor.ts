import type { ChainPlace } from './audit-line.ts';

/**
 * Keeps where the trail stands outside its folder, so that a folder that was cut, put back as it
 * once was, or emptied shows at the next start.
 */
export interface TrailAnchor {
  read(): Promise<ChainPlace | undefined>;
  write(place: ChainPlace): Promise<void>;
}
