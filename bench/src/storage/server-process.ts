import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type ServerProgram =
  | 'storage-program'
  | 'plain-file-program'
  | 's3rver-program'
  | 'home-volume-program';

/** What a program tells when it listens. */
export interface ServerFacts {
  readonly port: number;
  /** Of `home-volume-program`, which serves nothing else. */
  readonly homeFolder?: string;
  readonly plainFolder?: string;
  readonly tlsPort?: number;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

export interface ServerFigures {
  readonly cpuUsage: NodeJS.CpuUsage;
  /** Of Strongroom alone. */
  readonly providerCallCount?: number;
}

const pageBytes = 4096;

/** A server in a process and a folder of its own. */
export class ServerProcess {
  readonly facts: ServerFacts;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, facts: ServerFacts) {
    this.#child = child;
    this.#folder = folder;
    this.facts = facts;
  }

  static async start(program: ServerProgram, ...words: string[]): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), `strongroom-bench-${program}-`));
    const path = resolve(import.meta.dirname, `${program}.js`);
    const execArgv = process.env.STRONGROOM_BENCH_PROFILE === program ? ['--cpu-prof'] : [];
    const child = fork(path, [folder, ...words], { execArgv });
    const [facts] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error(`Cannot start the server "${program}": it ended`);
      }),
    ])) as [ServerFacts];
    return new ServerProcess(child, folder, facts);
  }

  /** As of now. @param asked of Strongroom alone: keys of a bucket that are made before. */
  async figures(asked: { bucket?: string; fill?: readonly string[] } = {}): Promise<ServerFigures> {
    const answer = once(this.#child, 'message');
    this.#child.send(asked);
    const [figures] = (await answer) as [ServerFigures];
    return figures;
  }

  residentMegabytes(): number {
    const [, pages] = readFileSync(`/proc/${this.#child.pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * pageBytes) / 1024 ** 2;
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export function cpuSeconds(before: NodeJS.CpuUsage, after: NodeJS.CpuUsage): number {
  return (after.user - before.user + after.system - before.system) / 1e6;
}
