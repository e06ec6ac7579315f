// @ts-check

const repeatMilliseconds = 2_000;

/**
 * Ctrl-C reaches this process twice, from the terminal and from npm. The program's own handler
 * ends everything on the first; the second must not kill it half-way. A later Ctrl-C does: a
 * person who presses again wants out now.
 */
export function tolerateRepeatedInterrupt() {
  /** @type {number | undefined} */
  let firstAt;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      firstAt ??= performance.now();
      if (performance.now() - firstAt > repeatMilliseconds) process.exit(130);
    });
  }
}
