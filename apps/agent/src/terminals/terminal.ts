import { StringDecoder } from 'node:string_decoder';
import type { IPty } from 'node-pty';
import type { WebSocket } from 'ws';
import { Scrollback } from './scrollback.ts';

const scrollbackCharacters = 512 * 1024;
/** A client with more than this waiting stops the terminal's programs, as a slow line would. */
const pauseBytes = 1024 * 1024;
const resumeBytes = 128 * 1024;
const maximumRows = 1_000;
const maximumColumns = 2_000;
/** What a shell has to end by itself after a hang-up. */
const hangUpMilliseconds = 2_000;

export interface TerminalModel {
  readonly name: string;
  readonly last_activity: string;
}

/**
 * One shell on a pseudo-terminal and the WebSockets that show it. Frames are terminado's: JSON
 * arrays `["stdin", text]` and `["set_size", rows, columns, …]` in, `["setup", {}]`,
 * `["stdout", text]` and `["disconnect", 1]` out.
 */
export class Terminal {
  readonly name: string;
  /** Resolves when the shell has ended. */
  readonly ended: Promise<void>;
  readonly #pty: IPty;
  readonly #webSockets = new Set<WebSocket>();
  readonly #scrollback = new Scrollback(scrollbackCharacters);
  readonly #decoder = new StringDecoder('utf8');
  #isPaused = false;
  #hasEnded = false;
  #lastActivityAt = new Date();

  constructor(name: string, pty: IPty) {
    this.name = name;
    this.#pty = pty;
    // node-pty gives bytes where it is opened without an encoding, though its types say text.
    pty.onData((data: string | Buffer) => this.#publish(data));
    this.ended = new Promise((resolve) => {
      pty.onExit(() => {
        this.#end();
        resolve();
      });
    });
  }

  toModel(): TerminalModel {
    return { name: this.name, last_activity: this.#lastActivityAt.toISOString() };
  }

  /** Shows what the terminal shows, and takes part from now on. */
  attach(webSocket: WebSocket): void {
    webSocket.on('message', (data: Buffer) => this.#receive(data));
    webSocket.on('close', () => {
      this.#webSockets.delete(webSocket);
      this.#adjustFlow();
    });
    // Followed by `close`.
    webSocket.on('error', () => {});
    this.#send(webSocket, ['setup', {}]);
    const shown = this.#scrollback.read();
    if (shown !== '') this.#send(webSocket, ['stdout', shown]);
    this.#webSockets.add(webSocket);
  }

  /** Hangs up, as closing a terminal window does; kills what ignores it. */
  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const killTimer = setTimeout(() => this.#signal('SIGKILL'), hangUpMilliseconds);
    this.#signal('SIGHUP');
    // Paused output would keep the pseudo-terminal, and so the exit, waiting.
    this.#pty.resume();
    await this.ended;
    clearTimeout(killTimer);
  }

  #publish(data: string | Buffer): void {
    const text = typeof data === 'string' ? data : this.#decoder.write(data);
    if (text === '') return;
    this.#lastActivityAt = new Date();
    this.#scrollback.push(text);
    for (const webSocket of this.#webSockets) this.#send(webSocket, ['stdout', text]);
    this.#adjustFlow();
  }

  #receive(data: Buffer): void {
    const frame = parseFrame(data);
    this.#lastActivityAt = new Date();
    if (this.#hasEnded) return;
    if (frame[0] === 'stdin' && typeof frame[1] === 'string') this.#pty.write(frame[1]);
    if (frame[0] === 'set_size') this.#resize(frame[1], frame[2]);
  }

  #resize(rows: unknown, columns: unknown): void {
    if (!isCount(rows, maximumRows) || !isCount(columns, maximumColumns)) return;
    this.#pty.resize(columns, rows);
  }

  #send(webSocket: WebSocket, frame: readonly unknown[]): void {
    webSocket.send(JSON.stringify(frame), () => this.#adjustFlow());
  }

  /** Reads the shell no faster than its slowest page shows it; without a page, as fast as it writes. */
  #adjustFlow(): void {
    if (this.#hasEnded) return;
    const limit = this.#isPaused ? resumeBytes : pauseBytes;
    const isSlow = [...this.#webSockets].some(({ bufferedAmount }) => bufferedAmount > limit);
    if (isSlow === this.#isPaused) return;
    this.#isPaused = isSlow;
    if (isSlow) this.#pty.pause();
    else this.#pty.resume();
  }

  #signal(signal: 'SIGHUP' | 'SIGKILL'): void {
    try {
      this.#pty.kill(signal);
    } catch {
      // It ended meanwhile.
    }
  }

  #end(): void {
    this.#hasEnded = true;
    for (const webSocket of this.#webSockets) {
      this.#send(webSocket, ['disconnect', 1]);
      webSocket.close(1000);
    }
  }
}

function parseFrame(data: Buffer): readonly unknown[] {
  try {
    const frame: unknown = JSON.parse(data.toString('utf8'));
    return Array.isArray(frame) ? frame : [];
  } catch {
    return [];
  }
}

function isCount(value: unknown, maximum: number): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maximum;
}
