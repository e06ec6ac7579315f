import type { JobLog } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';

interface Line {
  readonly time: string;
  text: string;
}

const maximumCharacters = 1024 * 1024;
const maximumLines = 20_000;
const longestLine = 16 * 1024;

/** The last of what a job printed, by lines; what is older is forgotten. */
export class JobLogBuffer {
  readonly #clock: Clock;
  #lines: Line[];
  #characters: number;
  /** Its last line may go on. */
  #isOpen = false;
  /** Since it was written down last. */
  isChanged = false;

  constructor(clock: Clock, { lines }: JobLog = { lines: [] }) {
    this.#clock = clock;
    this.#lines = lines.map((line) => ({ ...line }));
    this.#characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  }

  get log(): JobLog {
    return { lines: this.#lines.map((line) => ({ ...line })) };
  }

  /** A line of the platform's own. */
  note(text: string): void {
    this.#isOpen = false;
    this.#add(text);
  }

  /** As the kernel wrote it. */
  write(text: string): void {
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1;
      if (isLast && piece === '') this.#isOpen = false;
      else this.#add(piece);
      this.#isOpen = isLast && piece !== '';
    }
  }

  #add(text: string): void {
    this.isChanged = true;
    const last = this.#lines.at(-1);
    if (this.#isOpen && last !== undefined && last.text.length + text.length <= longestLine) {
      last.text += text;
    } else {
      this.#lines.push({ time: this.#clock().toISOString(), text });
    }
    this.#characters += text.length;
    this.#forgetOld();
  }

  #forgetOld(): void {
    let count = 0;
    while (
      (this.#characters > maximumCharacters || this.#lines.length - count > maximumLines) &&
      count < this.#lines.length - 1
    ) {
      this.#characters -= this.#lines[count]?.text.length ?? 0;
      count += 1;
    }
    if (count > 0) this.#lines = this.#lines.slice(count);
  }
}
