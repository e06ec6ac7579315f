import type { TransferProgress } from '@strongroom/s3-manager';
import { printable, writeSize } from './printable.ts';
import type { Surroundings } from './surroundings.ts';

const barWidth = 24;
const terminalMilliseconds = 100;
const logMilliseconds = 5_000;
const clear = '\r\u001b[K';

/** A bar that moves where standard error is a terminal; otherwise a line every few seconds. */
export class ProgressLine {
  readonly #surroundings: Surroundings;
  readonly #startedAt: number;
  #writtenAt: number;
  #isShown = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#startedAt = surroundings.now();
    this.#writtenAt = this.#startedAt;
  }

  update(progress: TransferProgress): void {
    const { errors, now } = this.#surroundings;
    const at = now();
    const pause = errors.isTerminal ? terminalMilliseconds : logMilliseconds;
    const isEnd = errors.isTerminal && progress.filesDone === progress.filesTotal;
    if (at - this.#writtenAt < pause && !isEnd) return;
    this.#writtenAt = at;
    const text = this.#describe(progress, (at - this.#startedAt) / 1_000);
    if (errors.isTerminal) {
      errors.write(`${clear}${[...text].slice(0, errors.columns - 1).join('')}`);
      this.#isShown = true;
    } else {
      errors.write(`${text}\n`);
    }
  }

  /** Makes room for another line, and for good at the end. */
  clear(): void {
    if (this.#isShown) this.#surroundings.errors.write(clear);
    this.#isShown = false;
  }

  #describe(progress: TransferProgress, seconds: number): string {
    const { filesDone, filesTotal, bytesDone, bytesTotal, key } = progress;
    // A folder of empty files has no bytes, but it too comes to an end.
    const share = bytesTotal === 0 ? filesDone / filesTotal : bytesDone / bytesTotal;
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const files = `${filesDone} of ${filesTotal} ${filesTotal === 1 ? 'file' : 'files'}`;
    const bytes = `${writeSize(bytesDone)} of ${writeSize(bytesTotal)}`;
    const speed = `${writeSize(Math.round(bytesDone / Math.max(seconds, 0.001)))}/s`;
    const words = `${percent}  ${files}  ${bytes}  ${speed}`;
    if (!this.#surroundings.errors.isTerminal) return words.trimStart();
    const full = Math.floor(share * barWidth);
    return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${words}  ${printable(key)}`;
  }
}
