import { PassThrough, Writable } from 'node:stream';
import { REPLServer, start } from 'node:repl';
import { inspect } from 'node:util';
import { redeclarable } from './redeclarable.ts';

export interface EvaluatorOptions {
  onText(name: 'stdout' | 'stderr', text: string): void;
  onDisplay(value: unknown): void;
}

export interface Completion {
  readonly matches: readonly string[];
  readonly start: number;
}

/** Node.js' own REPL without its terminal: one context for as long as the kernel runs, with `await`. */
export class Evaluator {
  readonly #repl: REPLServer;
  #interrupt: ((error: Error) => void) | undefined;

  constructor({ onText, onDisplay }: EvaluatorOptions) {
    // What an unhandled failure of a callback is told to.
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        onText('stderr', chunk.toString());
        done();
      },
    });
    this.#repl = start({
      ...{ prompt: '', input: new PassThrough(), output, terminal: false, useColors: false },
      breakEvalOnSigint: true,
    });
    for (const name of ['stdout', 'stderr'] as const) {
      process[name].write = ((chunk: string | Uint8Array) => {
        onText(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        return true;
      }) as typeof process.stdout.write;
    }
    Object.assign(this.#repl.context, { console, display: onDisplay });
    // A cell that runs is broken by Node.js itself; one that waits is told here.
    process.on('SIGINT', () => this.interrupt());
  }

  /** @throws whatever the cell does */
  async run(code: string): Promise<unknown> {
    const interrupted = new Promise<never>((_resolve, reject) => {
      this.#interrupt = reject;
    });
    try {
      const evaluated = new Promise<unknown>((resolve, reject) => {
        this.#repl.eval(
          `${redeclarable(code)}\n`,
          this.#repl.context,
          'cell',
          (error: Error | null, value: unknown) => (error === null ? resolve(value) : reject(error)),
        );
      });
      return await Promise.race([evaluated, interrupted]);
    } finally {
      this.#interrupt = undefined;
    }
  }

  interrupt(): void {
    this.#interrupt?.(new Error('Interrupted'));
  }

  complete(code: string, cursor: number): Promise<Completion> {
    const line = code.slice(0, cursor).split('\n').at(-1) ?? '';
    return new Promise((resolve) => {
      this.#repl.completer(line, (error, answer) => {
        const [matches, prefix] = error === null && answer !== undefined ? answer : [[], ''];
        const start = cursor - prefix.length;
        resolve({ matches: matches.filter((match) => match !== ''), start });
      });
    });
  }
}

export function describeValue(value: unknown): Record<string, string> {
  return { 'text/plain': inspect(value, { depth: 4, maxArrayLength: 200 }) };
}
