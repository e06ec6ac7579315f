import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { StorageAccess, StorageAsker } from '../objects/storage-access.ts';
import type { Studios } from '../studios/studios.ts';
import type { OutputPlace } from './output-place.ts';

export interface StoreOutputOptions {
  readonly studios: Pick<Studios, 'readFile'>;
  readonly storage: Pick<StorageAccess, 'write'>;
}

/** The agent writes none that is larger. */
const largestNotebookBytes = 64 * 1024 * 1024;

/** Jobs write as the notebooks of their owner do. */
export function asExecutionRole(profileName: ProfileName): StorageAsker {
  return { acting: { kind: 'execution-role', profileName }, from: 'studio' };
}

/**
 * Puts the output notebook where it goes beyond the home; answers where it is then. What the agent wrote
 * is read through a sandbox, whatever it made of that path meanwhile.
 *
 * @throws {StrongroomError} `FileNotFound`, `AccessDenied`, `BucketFull` …
 */
export async function storeOutput(
  person: Person,
  { homePath, object }: OutputPlace,
  { studios, storage }: StoreOutputOptions,
): Promise<string> {
  if (object === undefined) return homePath;
  const { sizeBytes, stream } = await studios.readFile(person, homePath);
  try {
    if (sizeBytes > largestNotebookBytes) {
      throw new StrongroomError('NotebookTooLarge', `Cannot store "${homePath}": it is too large`);
    }
    await storage.write(asExecutionRole(person.profileName), {
      ...{ ...object, sizeBytes, body: stream, keepsExisting: true },
      contentType: 'application/x-ipynb+json',
    });
    return `s3://${object.bucket}/${object.key}`;
  } finally {
    stream.destroy();
  }
}
