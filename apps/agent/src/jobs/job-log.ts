const noticeMilliseconds = 250;
/** JSON makes six characters of one that is no text: a notice stays within a line of the channel. */
const pieceLength = 16_384;
/** What waits at most: of a flood its end is told. */
const maximumWaitingLength = 8 * pieceLength;

/** Tells what a kernel wrote a few times a second, however often it wrote. */
export class JobLog {
  readonly #tell: (text: string) => void;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  add(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > maximumWaitingLength) {
      this.#waiting = `…\n${this.#waiting.slice(-maximumWaitingLength)}`;
    }
    this.#timer ??= setTimeout(() => this.flush(), noticeMilliseconds);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let begin = 0; begin < this.#waiting.length; begin += pieceLength) {
      this.#tell(this.#waiting.slice(begin, begin + pieceLength));
    }
    this.#waiting = '';
  }
}
