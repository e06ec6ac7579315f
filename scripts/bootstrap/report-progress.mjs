// @ts-check
import { stripVTControlCharacters } from 'node:util';

/** How often a step that runs without a terminal says that it is still at work. */
const quietIntervalMilliseconds = 10_000;

/**
 * Shows a step with its elapsed seconds: on one line that is rewritten in a terminal, on a new
 * line now and then where the output goes to a file. It goes to standard error, because standard
 * output belongs to the program that is set up.
 *
 * @param {string} title
 */
export function reportProgress(title) {
  const startedAt = performance.now();
  const terminal = process.stderr.isTTY === true;
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000;
  let lastDetail = '';

  const show = () => {
    const text = `… ${title} ${elapsedSeconds().toFixed(0)} s`;
    if (!terminal) return process.stderr.write(`${text}\n`);
    const line = lastDetail ? `${text}  ${lastDetail}` : text;
    return process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  };
  show();
  const timer = setInterval(show, terminal ? 1_000 : quietIntervalMilliseconds);
  timer.unref();

  return {
    /** @param {string} text what the program said last */
    detail(text) {
      lastDetail = stripVTControlCharacters(text).replaceAll('\t', ' ').trim();
    },
    /** @param {boolean} succeeded */
    end(succeeded) {
      clearInterval(timer);
      const mark = succeeded ? '✓' : '✗';
      process.stderr.write(
        `${terminal ? '\r\x1b[2K' : ''}${mark} ${title} (${elapsedSeconds().toFixed(1)} s)\n`,
      );
    },
  };
}
