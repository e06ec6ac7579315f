import type { IgnoredEntry } from '../files/walk-folder.ts';
import { forEachInParallel } from '../parallel/for-each-in-parallel.ts';
import type { S3Access } from '../s3-access.ts';
import type { FolderOptions, FolderResult, FolderStep } from './folder-options.ts';
import { runTransfers, type TransferTools } from './run-transfers.ts';

interface Candidate {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface FolderPlan<T extends Candidate> {
  readonly type: Exclude<FolderStep['type'], 'delete'>;
  readonly candidates: readonly T[];
  readonly ignored: readonly IgnoredEntry[];
  isEqual(candidate: T): Promise<boolean>;
  transfer(candidate: T, tools: TransferTools): Promise<void>;
  /** At the destination and not at the source. */
  readonly extraneous: readonly Candidate[];
  /** Deletes all of these and tells each. */
  delete(extraneous: readonly Candidate[], tell: (deleted: Candidate) => void): Promise<void>;
}

/** What upload, download and copy of a folder have in common. */
export async function runFolder<T extends Candidate>(
  access: S3Access,
  plan: FolderPlan<T>,
  options: FolderOptions,
): Promise<FolderResult> {
  const { signal, dryRun = false, onStep } = options;
  const changed = await selectChanged(access, plan, options);
  const step = (type: FolderStep['type']) => (done: Candidate) =>
    onStep?.({ type, key: done.key, sizeBytes: done.sizeBytes });
  const extraneous = options.deleteExtraneous === true ? plan.extraneous : [];
  if (dryRun) {
    changed.forEach(step(plan.type));
    extraneous.forEach(step('delete'));
  } else {
    const { concurrency } = access;
    const limits = { signal, concurrency, onProgress: options.onProgress };
    await runTransfers(changed, limits, async (candidate, tools) => {
      await plan.transfer(candidate, tools);
      step(plan.type)(candidate);
    });
    // Only now: nothing is taken away before what replaces it is there.
    if (extraneous.length > 0) await plan.delete(extraneous, step('delete'));
  }
  return {
    transferredCount: changed.length,
    transferredBytes: changed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    equalCount: plan.candidates.length - changed.length,
    deletedCount: extraneous.length,
    ignored: plan.ignored,
  };
}

async function selectChanged<T extends Candidate>(
  { concurrency }: S3Access,
  plan: FolderPlan<T>,
  { signal, equality }: FolderOptions,
): Promise<T[]> {
  if (equality === 'none') return [...plan.candidates];
  const equal = new Set<T>();
  await forEachInParallel(plan.candidates, { count: concurrency, signal }, async (candidate) => {
    if (await plan.isEqual(candidate)) equal.add(candidate);
  });
  return plan.candidates.filter((candidate) => !equal.has(candidate));
}
