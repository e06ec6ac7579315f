import { explainError } from '../errors/explain-error.ts';
import {
  S3ManagerError,
  type S3ManagerErrorCode,
  type TransferFailure,
} from '../errors/s3-manager-error.ts';
import { forEachInParallel } from '../parallel/for-each-in-parallel.ts';
import { Slots } from '../parallel/slots.ts';
import type { OperationOptions } from '../s3-access.ts';

/** How far an operation is. */
export interface TransferProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** The key that moved on just now; relative to the prefix, or the object's own. */
  readonly key: string;
}

export interface ProgressOptions {
  /** Called after each part and each file. It must not throw. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** What one transfer is handed. */
export interface TransferTools extends OperationOptions {
  /** Shared by all transfers of an operation, so that large files do not multiply the requests. */
  readonly slots: Slots;
  readonly onBytes: (bytes: number) => void;
}

interface Transfer {
  readonly key: string;
  readonly sizeBytes: number;
}

/** No other file would fare better. */
const endingCodes: ReadonlySet<S3ManagerErrorCode> = new Set<S3ManagerErrorCode>([
  'Aborted',
  'CredentialsUnavailable',
  'InvalidCredentials',
  'NoSuchBucket',
]);

/**
 * Does all transfers, some at once. One that fails does not hold up the others.
 *
 * @throws S3ManagerError `TransferIncomplete` with each failure, or what ended the whole
 */
export async function runTransfers<T extends Transfer>(
  transfers: readonly T[],
  options: OperationOptions & ProgressOptions & { readonly concurrency: number },
  perform: (transfer: T, tools: TransferTools) => Promise<void>,
): Promise<void> {
  const { signal, concurrency } = options;
  const slots = new Slots(concurrency);
  const failures: TransferFailure[] = [];
  const progress = countProgress(transfers, options);
  await forEachInParallel(transfers, { count: concurrency, signal }, async (transfer, stop) => {
    const { key } = transfer;
    const onBytes = (bytes: number): void => progress.addBytes(key, bytes);
    try {
      await perform(transfer, { signal: stop, slots, onBytes });
    } catch (error) {
      const explained = explainError(error, `transfer "${key}"`);
      if (endingCodes.has(explained.code)) throw explained;
      failures.push({ key, error: explained });
      return;
    }
    progress.addFile(key);
  }).catch((error: unknown) => {
    throw explainError(error, `transfer ${transfers.length} files`);
  });
  const [first] = failures;
  if (first === undefined) return;
  const state = `${failures.length} failed, the first: ${first.error.message}`;
  const message = `Cannot transfer ${transfers.length} files: ${state}`;
  throw new S3ManagerError('TransferIncomplete', message, { cause: first.error, failures });
}

/** The tools for one transfer alone. */
export function toolsForOne(
  transfer: Transfer,
  options: OperationOptions & ProgressOptions & { readonly concurrency: number },
): TransferTools & { readonly finish: () => void } {
  const progress = countProgress([transfer], options);
  return {
    signal: options.signal,
    slots: new Slots(options.concurrency),
    onBytes: (bytes) => progress.addBytes(transfer.key, bytes),
    finish: () => progress.addFile(transfer.key),
  };
}

function countProgress(transfers: readonly Transfer[], { onProgress }: ProgressOptions) {
  const filesTotal = transfers.length;
  const bytesTotal = transfers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let filesDone = 0;
  let bytesDone = 0;
  const tell = (key: string): void =>
    onProgress?.({ filesDone, filesTotal, bytesDone, bytesTotal, key });
  return {
    addBytes: (key: string, bytes: number): void => {
      bytesDone += bytes;
      tell(key);
    },
    addFile: (key: string): void => {
      filesDone += 1;
      tell(key);
    },
  };
}
