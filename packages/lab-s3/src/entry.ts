import type { StudioBucket } from '@strongroom/contracts';

/** A row of the panel. */
export type Entry =
  | { readonly kind: 'bucket'; readonly name: string }
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly bucket: string;
      readonly prefix: string;
    }
  | ObjectEntry;

export interface ObjectEntry {
  readonly kind: 'object';
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: string;
}

/** What can be copied and deleted. */
export type StoredEntry = Exclude<Entry, { kind: 'bucket' }>;

export function isStored(entry: Entry): entry is StoredEntry {
  return entry.kind !== 'bucket';
}

/** The same row after a refresh. */
export function idOf(entry: Entry): string {
  switch (entry.kind) {
    case 'bucket':
      return entry.name;
    case 'folder':
      return `${entry.bucket}/${entry.prefix}`;
    case 'object':
      return `${entry.bucket}/ ${entry.key}`;
  }
}

export const noRights: Omit<StudioBucket, 'bucket'> = {
  mayRead: false,
  mayWrite: false,
  mayDelete: false,
};
