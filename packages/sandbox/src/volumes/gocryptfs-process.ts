import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { HostSetup } from '../host-setup.ts';
import { requireTool, runTool, toolEnvironment } from './run-tool.ts';
import { VolumeError } from './volume-error.ts';

/** The process that opens and seals what is read and written in one mounted folder. */
export interface GocryptfsProcess {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  kill(): void;
}

interface GocryptfsFolders {
  readonly configurationFile: string;
  readonly cipherFolder: string;
}

/** A mount takes about 20 ms; a machine that needs longer than this is not going to serve a studio. */
const readyTimeoutMilliseconds = 20_000;
/** gocryptfs(1), EXIT CODES. */
const wrongPasswordCode = 12;
/**
 * The secret is random, so nothing is gained by stretching it; this is the least that gocryptfs
 * takes.
 */
const stretching = ['-scryptn', '10'];

/** Writes the configuration, which holds the key of the files wrapped by the secret. */
export async function initialize(
  setup: HostSetup,
  { configurationFile, cipherFolder }: GocryptfsFolders,
  secret: Buffer,
): Promise<void> {
  const program = requireTool(setup.volumeTools, 'gocryptfs');
  // Without -q it prints the key of the files.
  const words = ['-init', '-q', ...stretching, '-config', configurationFile, cipherFolder];
  await runTool(program, words, { input: passwordOf(secret) });
}

/**
 * Resolves when the files are to be seen at the mount point. It dies with this process, kill -9
 * included; the empty, unreachable mount is taken away by the next start.
 *
 * @throws {VolumeError} `SecretRefused`, `MountFailed`
 */
export async function startGocryptfs(options: {
  readonly setup: HostSetup;
  readonly folders: GocryptfsFolders;
  readonly mountPoint: string;
  readonly secret: Buffer;
  readonly isReadOnly: boolean;
  /** Something that was read had been changed on the disk. Told at most once. */
  onDamage(): void;
}): Promise<GocryptfsProcess> {
  const { setup, folders, secret, mountPoint } = options;
  const child = spawn(
    setup.tools.setpriv,
    [
      ...guardian(setup),
      ...[requireTool(setup.volumeTools, 'gocryptfs'), '-fg'],
      ...['-config', folders.configurationFile],
      // Without it the table of mounts that every sandbox sees would name the cipher folder.
      ...['-fsname', 'strongroom-home'],
      // As root the files belong to the person's uid, and the kernel checks their modes.
      ...(setup.mode === 'root' ? ['-allow_other'] : []),
      ...(options.isReadOnly ? ['-ro'] : []),
      ...[folders.cipherFolder, mountPoint],
    ],
    // Its own session keeps the terminal's Ctrl-C away: studios are ended first.
    { env: toolEnvironment, cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => {
    // Of its streams too: then the last process of the chain has ended.
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(passwordOf(secret));
  const said = watchComplaints([child.stdout, child.stderr], options.onDamage);
  await untilReady(child, said);
  return { ended, kill: () => void child.kill('SIGKILL') };
}

/**
 * What sees to it that gocryptfs dies with this process. As root it takes on the uid of each caller for
 * a moment, which undoes a wish to be told of the parent's death (prctl(2), PR_SET_PDEATHSIG): there a
 * shell that never does leads a pid namespace, and with it dies all that is in there. No core dump, in
 * which the key would be.
 */
function guardian({ tools, mode }: HostSetup): string[] {
  const script = (last: string) => ['-c', `ulimit -c 0; ${last}`, 'sh'];
  if (mode === 'rootless') {
    return ['--pdeathsig', 'KILL', '--', tools.sh, ...script('exec "$@"')];
  }
  return [
    ...['--pdeathsig', 'KILL', '--'],
    ...[tools.unshare, '--pid', '--fork', '--kill-child=SIGKILL', '--'],
    ...[tools.sh, ...script('"$@"; exit $?')],
  ];
}

async function untilReady(child: ChildProcess, said: Complaints): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), readyTimeoutMilliseconds);
  try {
    const exited = once(child, 'close').then(([code]) => ({ code: Number(code) }));
    const outcome = await Promise.race([said.ready, exited]);
    if (outcome === 'ready') return;
    const text = said.text();
    if (outcome.code === wrongPasswordCode) {
      throw new VolumeError('SecretRefused', 'Cannot open the volume: its secret does not fit', {
        standardError: text,
      });
    }
    const last = text.trim().split('\n').at(-1) ?? '';
    throw new VolumeError('MountFailed', `Cannot mount the volume: ${last || 'no message'}`, {
      standardError: text,
    });
  } finally {
    clearTimeout(timer);
  }
}

interface Complaints {
  readonly ready: Promise<'ready'>;
  /** What it wrote before it was ready. */
  text(): string;
}

const keptLines = 20;

/** Its later lines may hold names of a person's files: they are looked at and not kept. */
function watchComplaints(streams: readonly Readable[], onDamage: () => void): Complaints {
  const lines: string[] = [];
  let isReady = false;
  let isDamaged = false;
  const ready = new Promise<'ready'>((resolve) => {
    for (const input of streams) {
      createInterface({ input }).on('line', (line) => {
        if (/mounted and ready/.test(line)) {
          isReady = true;
          resolve('ready');
        }
        if (!isReady && lines.length < keptLines) lines.push(line);
        if (!isReady || isDamaged || !/corrupt|authentication failed|diriv/i.test(line)) return;
        isDamaged = true;
        onDamage();
      });
    }
  });
  return { ready, text: () => lines.join('\n') };
}

/** Read from the standard input, which is no terminal. */
function passwordOf(secret: Buffer): string {
  return `${secret.toString('base64')}\n`;
}
