import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What the commands touch of the process beside standard output. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard error: progress and failures, so that standard output stays clean. */
  readonly errors: {
    readonly isTerminal: boolean;
    readonly columns: number;
    write(text: string): void;
  };
  /** `undefined` where nobody is there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** The same for a secret: what is typed is not shown. */
  readonly askHidden: ((question: string) => Promise<string>) | undefined;
  readonly now: () => number;
  /** Calls back when the person interrupts; returns how to listen no more. */
  onInterrupt(interrupted: () => void): () => void;
}

export function processSurroundings(): Surroundings {
  const { stderr, stdin, env } = process;
  return {
    environment: env,
    errors: {
      isTerminal: stderr.isTTY,
      columns: stderr.columns ?? 80,
      write: (text) => void stderr.write(text),
    },
    ask: stdin.isTTY ? askPerson : undefined,
    askHidden: stdin.isTTY ? askHidden : undefined,
    now: () => performance.now(),
    onInterrupt(interrupted) {
      process.once('SIGINT', interrupted);
      return () => process.removeListener('SIGINT', interrupted);
    },
  };
}

async function askPerson(question: string): Promise<string> {
  const dialogue = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await dialogue.question(question);
  } finally {
    dialogue.close();
  }
}

/** In raw mode the terminal shows nothing by itself, and what would show it goes nowhere. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const dialogue = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  dialogue.once('SIGINT', () => {
    process.stderr.write('\n');
    process.exit(130);
  });
  try {
    return await dialogue.question('');
  } finally {
    dialogue.close();
    process.stderr.write('\n');
  }
}
