import { EventEmitter } from 'node:events';
import { type REPLServer, start } from 'node:repl';
import { PassThrough, Writable } from 'node:stream';
import { inspect } from 'node:util';
import { redeclarable } from './redeclarable.ts';

export interface EvaluatorOptions {
  onText(name: 'stdout' | 'stderr', text: string): void;
  onDisplay(value: unknown): void;
  /** @throws {SyntaxError} */
  toJavaScript(code: string): string;
}

export interface Completion {
  readonly matches: readonly string[];
  readonly start: number;
}

/** Node.js' own REPL without its terminal: one context for as long as the kernel runs, with `await`. */
export class Evaluator {
  readonly #repl: REPLServer;
  readonly #toJavaScript: (code: string) => string;
  readonly #onSignal = () => this.interrupt();
  /** Ends the cell that runs. */
  #fail: ((error: unknown) => void) | undefined;

  constructor({ onText, onDisplay, toJavaScript }: EvaluatorOptions) {
    this.#toJavaScript = toJavaScript;
    // Prompts and such: whoever would read them is not there.
    const output = new Writable({ write: (_chunk, _encoding, done) => done() });
    this.#repl = start({
      ...{ prompt: '', input: new PassThrough(), output, terminal: false, useColors: false },
      breakEvalOnSigint: true,
    });
    takeFailures(this.#repl, (error) => {
      if (this.#fail === undefined) onText('stderr', `Uncaught ${inspect(error)}\n`);
      else this.#fail(error);
    });
    for (const name of ['stdout', 'stderr'] as const) {
      process[name].write = ((chunk: string | Uint8Array) => {
        onText(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        return true;
      }) as typeof process.stdout.write;
    }
    Object.assign(this.#repl.context, { console, display: onDisplay });
    // A cell that runs is broken by Node.js itself; one that waits is told here.
    process.on('SIGINT', this.#onSignal);
  }

  /** @throws whatever the cell does */
  async run(code: string): Promise<unknown> {
    const script = redeclarable(this.#toJavaScript(code));
    const failed = new Promise<never>((_resolve, reject) => {
      this.#fail = reject;
    });
    try {
      // With a listener Node.js 20 neither breaks a script nor listens afterwards.
      process.off('SIGINT', this.#onSignal);
      const evaluated = new Promise<unknown>((resolve, reject) => {
        this.#repl.eval(
          `${script}\n`,
          this.#repl.context,
          'cell',
          (error: Error | null, value: unknown) =>
            error === null ? resolve(value) : reject(withoutWrapper(error)),
        );
      });
      process.on('SIGINT', this.#onSignal);
      return await Promise.race([evaluated, failed]);
    } finally {
      this.#fail = undefined;
    }
  }

  interrupt(): void {
    this.#fail?.(new Error('Interrupted'));
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

/** The REPL would ask for another line: here the cell is all that there is. */
function withoutWrapper(error: Error): unknown {
  return 'err' in error ? error.err : error;
}

/**
 * What a cell or a callback of one throws goes to the REPL's domain, which prints it; here it goes to
 * whoever runs the cell. The domain has no public name.
 */
function takeFailures(repl: REPLServer, onFailure: (error: unknown) => void): void {
  const domain: unknown = '_domain' in repl ? repl._domain : undefined;
  if (!(domain instanceof EventEmitter))
    throw new Error('Cannot run: this Node.js has another REPL');
  domain.removeAllListeners('error');
  domain.on('error', onFailure);
}

export function describeValue(value: unknown): Record<string, string> {
  return { 'text/plain': inspect(value, { depth: 4, maxArrayLength: 200 }) };
}
