import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HomePlace } from './home-place.ts';

/** Of every snapshot of a home, also of one that was never finished. */
export async function snapshotFolders(place: HomePlace): Promise<string[]> {
  const names = await readdir(place.snapshots).catch(() => []);
  return names.map((name) => join(place.snapshots, name));
}
