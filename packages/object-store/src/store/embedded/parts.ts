import type { Buckets } from './buckets.ts';
import type { ContentWriter } from './content-writer.ts';
import type { MetadataBox } from './metadata-box.ts';
import type { ObjectKeys } from './object-keys.ts';
import type { SealedFiles } from './sealed-files.ts';
import type { Sqlite } from './sqlite.ts';
import type { VersionCommit } from './version-commit.ts';
import type { Versions } from './versions.ts';
import type { WriteQueue } from './write-queue.ts';

/** What the store is made of; each class names those that it uses. */
export interface StoreParts {
  readonly database: Sqlite;
  readonly queue: WriteQueue;
  readonly buckets: Buckets;
  readonly versions: Versions;
  readonly keys: ObjectKeys;
  readonly files: SealedFiles;
  readonly writer: ContentWriter;
  readonly box: MetadataBox;
  readonly commit: VersionCommit;
  readonly clock: () => Date;
  /** Of objects in buckets that name no key. */
  readonly defaultKey: string;
}
