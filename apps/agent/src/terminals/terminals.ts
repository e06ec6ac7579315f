import { AgentError } from '../http/agent-error.ts';
import { Terminal } from './terminal.ts';

const maximumTerminals = 50;
const initialSize = { cols: 80, rows: 24 };
const shell = { file: '/bin/bash', arguments: ['--login'] };

export interface TerminalsOptions {
  /** The shell's whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told whenever the number of terminals has changed. */
  readonly onChange: () => void;
}

/** The studio's terminals. They run in the agent's sandbox, apart from the kernels. */
export class Terminals {
  readonly #options: TerminalsOptions;
  readonly #terminals = new Map<string, Terminal>();
  #starting = 0;

  constructor(options: TerminalsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#terminals.size;
  }

  list(): Terminal[] {
    return [...this.#terminals.values()];
  }

  find(name: string): Terminal | undefined {
    return this.#terminals.get(name);
  }

  /** Throws `NotFound`. */
  require(name: string): Terminal {
    const terminal = this.#terminals.get(name);
    if (terminal === undefined) throw new AgentError('NotFound', `No such terminal: "${name}"`);
    return terminal;
  }

  /** A login shell in that folder. A name that exists gives that terminal. */
  async open(options: { name?: string | undefined; workingDirectory: string }): Promise<Terminal> {
    const existing = options.name === undefined ? undefined : this.find(options.name);
    if (existing !== undefined) return existing;
    if (this.#terminals.size + this.#starting >= maximumTerminals) {
      throw new AgentError(
        'Unavailable',
        `${maximumTerminals} terminals are open. Close some and try again`,
      );
    }
    this.#starting += 1;
    try {
      return await this.#start(options);
    } finally {
      this.#starting -= 1;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map((terminal) => terminal.close()));
  }

  async #start(options: {
    name?: string | undefined;
    workingDirectory: string;
  }): Promise<Terminal> {
    // Loaded with the first terminal: a studio without one does without its memory.
    const { spawn } = await import('node-pty');
    const name = options.name ?? this.#unusedName();
    const pty = spawn(shell.file, shell.arguments, {
      name: 'xterm-256color',
      ...initialSize,
      cwd: options.workingDirectory,
      env: { ...this.#options.environment },
      // Bytes: a character may lie across two reads.
      encoding: null,
    });
    const terminal = new Terminal(name, pty);
    this.#terminals.set(name, terminal);
    this.#options.onChange();
    void terminal.ended.then(() => {
      this.#terminals.delete(name);
      this.#options.onChange();
    });
    return terminal;
  }

  #unusedName(): string {
    let number = 1;
    while (this.#terminals.has(String(number))) number += 1;
    return String(number);
  }
}
