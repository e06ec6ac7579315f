import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
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
  /** As root: whose the files are. */
  readonly hostUid: number | undefined;
  readonly secret: Buffer;
  readonly isReadOnly: boolean;
  /** Something that was read had been changed on the disk. Told at most once. */
  onDamage(): void;
}): Promise<GocryptfsProcess> {
  const { setup, secret, hostUid } = options;
  const reach = hostUid === undefined ? reachByPath(options) : await reachAs(hostUid, options);
  const child = spawn(
    setup.tools.setpriv,
    [
      ...[...reach.identity, '--pdeathsig', 'KILL', '--no-new-privs', '--'],
      // No core dump, in which the key would be.
      ...[setup.tools.sh, '-c', 'ulimit -c 0; exec "$@"', 'sh'],
      ...[requireTool(setup.volumeTools, 'gocryptfs'), '-fg', '-nosyslog'],
      // Nothing else changes what lies below, so what was read once may stay decrypted in memory.
      '-kernel_cache',
      ...['-config', reach.configurationFile],
      ...(options.isReadOnly ? ['-ro'] : []),
      ...[...reach.options, reach.cipherFolder, reach.mountPoint],
    ],
    // Its own session keeps the terminal's Ctrl-C away: studios are ended first.
    {
      ...{ env: toolEnvironment, cwd: '/', detached: true },
      stdio: ['pipe', 'pipe', 'pipe', ...reach.descriptors],
    },
  );
  const ended = new Promise<void>((resolve) => {
    // Of its streams too: then the last process of the chain has ended.
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('No streams');
  stdin.on('error', () => undefined);
  stdin.end(passwordOf(secret));
  await reach.handedOver();
  const said = watchComplaints([stdout as Readable, stderr as Readable], options.onDamage);
  await untilReady(child, said);
  return { ended, kill: () => void child.kill('SIGKILL') };
}

interface Reach extends GocryptfsFolders {
  /** Of `setpriv`. */
  readonly identity: readonly string[];
  readonly options: readonly string[];
  readonly mountPoint: string;
  /** From 3 on. */
  readonly descriptors: readonly number[];
  /** The process has its own of them. */
  handedOver(): Promise<void>;
}

/** Rootless, gocryptfs mounts by itself, with fusermount3. */
function reachByPath({
  folders,
  mountPoint,
}: {
  readonly folders: GocryptfsFolders;
  readonly mountPoint: string;
}): Reach {
  return {
    // The table of mounts that every sandbox sees would name the cipher folder.
    ...{ ...folders, mountPoint, identity: [], options: ['-fsname', mountSource] },
    ...{ descriptors: [], handedOver: async () => undefined },
  };
}

const mountSource = 'strongroom-home';

/**
 * As root the mount is made here, and gocryptfs runs as the person, with open descriptors for what that
 * uid finds no way to. It must not run as root: it would take on the uid of each caller for a moment,
 * which two callers at once undo for each other, so that files cannot be made, or belong to root.
 */
async function reachAs(
  hostUid: number,
  { setup, folders, mountPoint, isReadOnly }: Parameters<typeof startGocryptfs>[0],
): Promise<Reach> {
  const opened: FileHandle[] = [];
  try {
    for (const [path, flags] of [
      ['/dev/fuse', constants.O_RDWR],
      [folders.cipherFolder, constants.O_RDONLY | constants.O_DIRECTORY],
      [folders.configurationFile, constants.O_RDONLY],
    ] as const) {
      opened.push(await open(path, flags));
    }
    const descriptors = opened.map(({ fd }) => fd);
    const identifiers = `user_id=${hostUid},group_id=${hostUid}`;
    // The kernel checks the modes, so that nobody but the person, and root, is let in.
    const rules = `allow_other,default_permissions,nosuid,nodev${isReadOnly ? ',ro' : ''}`;
    const data = `fd=3,rootmode=40000,${identifiers},${rules}`;
    await mountFuse(setup, { fuse: opened[0] as FileHandle, data, mountPoint });
    return {
      identity: ['--reuid', `${hostUid}`, '--regid', `${hostUid}`, '--clear-groups'],
      ...{ options: [], descriptors, mountPoint: '/dev/fd/3' },
      ...{ cipherFolder: '/proc/self/fd/4', configurationFile: '/proc/self/fd/5' },
      handedOver: () => closeAll(opened),
    };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** The descriptor has to be open in the process that mounts (fuse(4)). */
async function mountFuse(
  { tools }: HostSetup,
  { fuse, data, mountPoint }: { fuse: FileHandle; data: string; mountPoint: string },
): Promise<void> {
  const words = ['-i', '-t', 'fuse', '-o', data, mountSource, mountPoint];
  const child = spawn(tools.mount, words, {
    ...{ env: toolEnvironment, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', fuse.fd] },
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code === 0) return;
  throw new VolumeError('MountFailed', `Cannot mount the volume: ${said.trim()}`, {
    standardError: said,
  });
}

async function closeAll(files: readonly FileHandle[]): Promise<void> {
  await Promise.all(files.map((file) => file.close()));
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
