// @ts-check

const repeatMilliseconds = 2_000;
const exitCodeOfInterrupt = 130;

/**
 * Ctrl-C reaches this process twice, from the terminal and from npm. The program's own handler
 * ends everything on the first; the second must not kill it half-way. A later Ctrl-C does: a
 * person who presses again wants out now. So does one before the program has a handler.
 */
export function tolerateRepeatedInterrupt() {
  /** @type {number | undefined} */
  let firstAt;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      const isUnhandled = firstAt === undefined && process.listenerCount(signal) === 1;
      firstAt ??= performance.now();
      const isInsisted = performance.now() - firstAt > repeatMilliseconds;
      if (isUnhandled || isInsisted) process.exit(exitCodeOfInterrupt);
    });
  }
}
