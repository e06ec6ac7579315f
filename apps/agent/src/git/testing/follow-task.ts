import type { GitHome } from './git-home.ts';

export interface EndedTask {
  /** Of the failure; 'none' where it is done. */
  readonly code: string;
  readonly message: string;
  readonly root: string | null;
  readonly phases: readonly string[];
}

/** Follows a task to its end. */
export async function followTask(
  git: GitHome,
  begun: Promise<{ task: string }>,
): Promise<EndedTask> {
  const { task } = await begun;
  const phases: string[] = [];
  for (let seen = 0; ; ) {
    const progress = await git.ask('progress', { task, seen });
    if (progress.phase !== '') phases.push(progress.phase);
    seen = progress.seen;
    if (progress.state === 'running') continue;
    const { code = 'none', message = '' } = progress.error ?? {};
    return { code, message, root: progress.root, phases };
  }
}
