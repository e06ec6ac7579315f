import type { Git } from '../api/git-api.ts';
import { GitError } from '../api/git-error.ts';

export type TaskKind = 'clone' | 'fetch' | 'pull' | 'push';

/** A clone, fetch, pull or push under way. */
export interface RemoteTask {
  readonly kind: TaskKind;
  /** Git's own word for what it does. */
  readonly phase: string;
  readonly percent: number | null;
  cancel(): void;
}

export interface FollowOptions {
  readonly git: Git;
  readonly kind: TaskKind;
  readonly task: string;
  readonly onProgress: (task: RemoteTask) => void;
}

/**
 * Follows a task until it is done; answers a clone's new working tree.
 * @throws {GitError} what it failed with; `Cancelled` where the person ended it
 */
export async function followTask(options: FollowOptions): Promise<string | null> {
  const { git, kind, task, onProgress } = options;
  let isCancelled = false;
  const cancel = () => {
    isCancelled = true;
    // What became of it is told by the progress.
    git.ask('cancel', { task }).catch(() => undefined);
  };
  onProgress({ kind, phase: '', percent: null, cancel });
  for (let seen = 0; ; ) {
    const progress = await git.ask('progress', { task, seen });
    seen = progress.seen;
    const { state, phase, percent, error, root } = progress;
    if (state === 'done') return root;
    if (state === 'failed') {
      if (isCancelled) throw new GitError('Cancelled');
      throw new GitError(error?.code ?? 'GitFailed', error?.message ?? '');
    }
    onProgress({ kind, phase, percent, cancel });
  }
}
