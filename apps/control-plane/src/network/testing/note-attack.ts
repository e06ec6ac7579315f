import type { TaskMeta } from 'vitest';

/** What `npm run test:attacks` prints of a test: what ought to come of the attack, and what did. */
export function noteAttack(
  task: { readonly meta: TaskMeta },
  attack: { readonly expected: string; readonly seen: string },
): void {
  Object.assign(task.meta, { attack });
}
