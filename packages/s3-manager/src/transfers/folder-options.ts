import type { IgnoredEntry } from '../files/walk-folder.ts';
import type { KeyFilterOptions } from '../keys/key-filter.ts';
import type { OperationOptions } from '../s3-access.ts';
import type { ProgressOptions } from './run-transfers.ts';

/**
 * When a file counts as there already and is not sent again.
 *
 * - `size-and-time`: of one size, and the times fit: on upload the file is not newer than the object,
 *   on download it has the object's time (which a download gives it), on copy the source is not newer.
 *   Costs no request beyond listing.
 * - `checksum`: of one size and one CRC-32 (or MD5, where the ETag is one). Reads the local files and
 *   asks for each object of the same size. What cannot be proven equal is sent.
 * - `none`: nothing does.
 */
export type Equality = 'size-and-time' | 'checksum' | 'none';

/** One thing done, or in a dry run one that would be done. */
export interface FolderStep {
  readonly type: 'upload' | 'download' | 'copy' | 'delete';
  /** Relative to the prefix. */
  readonly key: string;
  readonly sizeBytes: number;
}

export interface FolderOptions extends KeyFilterOptions, OperationOptions, ProgressOptions {
  /** Default `size-and-time`. */
  readonly equality?: Equality | undefined;
  /**
   * Deletes at the destination what the source does not have; what the filter leaves out stays, and
   * so does everything where a transfer failed. Default false.
   */
  readonly deleteExtraneous?: boolean | undefined;
  /** Changes nothing: `onStep` and the result tell what would be done. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Called after each step. It must not throw. */
  readonly onStep?: ((step: FolderStep) => void) | undefined;
}

export interface FolderResult {
  readonly transferredCount: number;
  readonly transferredBytes: number;
  /** Left alone because they were equal. */
  readonly equalCount: number;
  readonly deletedCount: number;
  /** Local entries that are no files of the folder: links out of it, pipes, devices. */
  readonly ignored: readonly IgnoredEntry[];
}
