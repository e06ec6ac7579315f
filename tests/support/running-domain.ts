import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const controlPlane = resolve(import.meta.dirname, '../../apps/control-plane/dist/main.js');

/** The product itself, started as `npm start` starts it, with a domain folder of its own. */
export interface RunningDomain {
  readonly folder: string;
  readonly consoleUrl: string;
  readonly port: number;
  /** The one-time passwords that this start printed, by profile name. */
  readonly oneTimePasswords: ReadonlyMap<string, string>;
  readonly process: ChildProcess;
  studioUrl(profileName: string): string;
  /** Ctrl-C: ends with the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9` of the control plane; the folder stays. */
  kill(): Promise<void>;
  /** Starts the control plane again on the same folder. */
  restart(): Promise<RunningDomain>;
  /** Ends it if it runs and removes the folder. */
  remove(): Promise<void>;
}

export interface DomainOptions {
  /** The domain file's text; without it the first start writes its own. */
  domainFile?: string;
  /** A folder that exists already; without it a temporary one is made. */
  folder?: string;
}

export async function startDomain(options: DomainOptions = {}): Promise<RunningDomain> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'strongroom-test-')));
  if (options.domainFile !== undefined)
    await writeFile(join(folder, 'strongroom.yaml'), options.domainFile);
  return startIn(folder);
}

async function startIn(folder: string): Promise<RunningDomain> {
  const child = spawn(process.execPath, [controlPlane], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: folder,
      STRONGROOM_DOMAIN_FILE: join(folder, 'strongroom.yaml'),
      STRONGROOM_PORT: '0',
      STRONGROOM_LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { consoleUrl, oneTimePasswords } = await readStart(child);
  const port = Number(new URL(consoleUrl).port);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    folder,
    consoleUrl,
    port,
    oneTimePasswords,
    process: child,
    studioUrl: (profileName) => `http://${profileName}.studio.localhost:${port}`,
    stop: () => end('SIGINT'),
    kill: async () => {
      await end('SIGKILL');
    },
    restart: () => startIn(folder),
    remove: async () => {
      await end('SIGINT');
      // What a killed one leaves mounted; the next start would unmount it.
      spawnSync('umount', ['--lazy', join(folder, 'data', 'run', 'homes')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readStart(child: ChildProcess) {
  const passwords = new Map<string, string>();
  const printed: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  if (!child.stdout) throw new Error('The control plane has no standard output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    const password = /^ {2}([a-z][a-z0-9-]*) {2,}(\S+)$/.exec(line);
    if (password?.[1] && password[2]) passwords.set(password[1], password[2]);
    const ready = /^Strongroom is ready: (\S+)$/.exec(line);
    if (ready?.[1]) {
      child.stdout.resume();
      return { consoleUrl: ready[1], oneTimePasswords: passwords };
    }
  }
  throw new Error(`The control plane ended before it was ready:\n${printed.join('\n')}`);
}
