/** What should have happened by now has not. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Waits for something that gives back a resource, but no longer than the deadline. What arrives too
 * late is given to `undo`, so that nothing is left behind.
 *
 * @throws {DeadlineError}
 */
export async function within<Resource>(
  milliseconds: number,
  what: string,
  work: Promise<Resource>,
  undo: (late: Resource) => Promise<unknown>,
): Promise<Resource> {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new DeadlineError(`Cannot ${what}: it took longer than ${milliseconds} ms`));
    }, milliseconds);
  });
  const undone = work.then((resource) => (isLate ? undo(resource) : undefined));
  undone.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
