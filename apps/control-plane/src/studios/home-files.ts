import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import {
  type FileList,
  fileListSchema,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { RunningSandbox } from '@strongroom/sandbox';
import { z } from 'zod';
import type { Homes } from '../homes/homes.ts';
import type { OpenHome } from '../homes/open-home.ts';
import type { Person } from '../identity/person.ts';
import { newAppId } from './app-name.ts';
import type { StudioSandboxHost } from './bounded-sandbox-host.ts';
import { Gate } from './gate.ts';
import {
  contentDescriptor,
  type HomeFilesAction,
  homeFilesSpec,
  type ProgramFolders,
} from './sandbox-specs.ts';
import { explainStartFailure } from './start-failure.ts';
import type { HomeFile } from './studios.ts';

export interface HomeFilesOptions {
  readonly homes: Pick<Homes, 'open'>;
  readonly hasHostUids: boolean;
  readonly programs: ProgramFolders;
  readonly sandboxHost: Pick<StudioSandboxHost, 'launch'>;
}

/** A sandbox that looks into a home. */
interface Reading {
  readonly sandbox: RunningSandbox;
  /** Ends it, and with it its use of the home. */
  close(): Promise<void>;
}

const refusalSchema = z.object({
  code: z.enum(['FileNotFound', 'FileRefused', 'DiskFull']),
  message: z.string().max(1000),
});
const writtenFileSchema = z.object({ name: z.string().min(1).max(1024) });
const fileHeaderSchema = z.object({
  name: z.string().min(1).max(1024),
  sizeBytes: z.int().nonnegative(),
});

/** 10,000 names of 255 bytes, each escaped. */
const maximumListBytes = 32 * 1024 * 1024;
const maximumHeaderBytes = 16 * 1024;
const answerTimeoutMilliseconds = 20_000;
const sandboxesAtOnce = 8;
const maximumReadsPerPerson = 8;

/**
 * Looks into a home while no studio needs to run, and puts new files into it. Paths and links are resolved in a sandbox that has
 * nothing but that home, read-only where it is looked at: from out here no path of a person's is ever opened.
 */
export class HomeFiles {
  readonly #options: HomeFilesOptions;
  readonly #gate = new Gate(sandboxesAtOnce);
  readonly #readCounts = new Map<ProfileName, number>();
  readonly #running = new Map<RunningSandbox, ProfileName>();

  constructor(options: HomeFilesOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} `FileNotFound`, `FileRefused`, `SandboxUnavailable` */
  list(person: Person, path: string): Promise<FileList> {
    return this.#gate.run(async () => {
      const { sandbox, close } = await this.#launch(person, { kind: 'list', path });
      try {
        const output = await readAll(sandbox.stdout, maximumListBytes);
        return fileListSchema.parse(answerOf(output.toString('utf8')));
      } catch (error) {
        throw explainReading(error);
      } finally {
        await close();
      }
    });
  }

  /** @throws {StrongroomError} `FileNotFound`, `FileRefused`, `SandboxUnavailable` */
  async read(person: Person, path: string): Promise<HomeFile> {
    const leave = this.#enter(person.profileName);
    const { sandbox, close } = await this.#gate
      .run(() => this.#launch(person, { kind: 'read', path }))
      .catch((error: unknown) => {
        leave();
        throw error;
      });
    const stop = () => void close().finally(leave);
    try {
      const header = await readHeader(sandbox.stdout);
      const { name, sizeBytes } = fileHeaderSchema.parse(answerOf(header.line));
      const stream = exactly(sizeBytes, header.rest, sandbox.stdout);
      stream.once('close', stop);
      return { name, sizeBytes, stream };
    } catch (error) {
      stop();
      throw explainReading(error);
    }
  }

  /**
   * A new file in the home itself, under this name or a free one like it; whole or not at all.
   *
   * @returns the name that it got
   * @throws {StrongroomError} `FileRefused`, `DiskFull`, `SandboxUnavailable`
   */
  write(person: Person, name: string, bytes: Uint8Array): Promise<string> {
    return this.#gate.run(async () => {
      const sizeBytes = bytes.byteLength;
      const { sandbox, close } = await this.#launch(person, { kind: 'write', name, sizeBytes });
      try {
        const content = sandbox.duplex(contentDescriptor);
        // Refused before all was taken: the answer says why.
        content.on('error', () => undefined);
        content.end(bytes);
        const output = await readAll(sandbox.stdout, maximumHeaderBytes);
        return writtenFileSchema.parse(answerOf(output.toString('utf8'))).name;
      } catch (error) {
        throw explainReading(error);
      } finally {
        await close();
      }
    });
  }

  /** What looks into this home now, and what it has sent so far is all that comes of it. */
  endAllOf(profileName: ProfileName): void {
    for (const [sandbox, owner] of this.#running) {
      if (owner === profileName) void sandbox.stop({ graceMilliseconds: 0 });
    }
  }

  /** Each download holds a sandbox for as long as it takes. */
  #enter(profileName: ProfileName): () => void {
    const count = this.#readCounts.get(profileName) ?? 0;
    if (count >= maximumReadsPerPerson) {
      throw new StrongroomError('TooManyRequests', 'Too many files are downloaded at once', {
        remedy: 'Wait for a download to end',
      });
    }
    this.#readCounts.set(profileName, count + 1);
    return () => {
      const left = (this.#readCounts.get(profileName) ?? 1) - 1;
      if (left === 0) this.#readCounts.delete(profileName);
      else this.#readCounts.set(profileName, left);
    };
  }

  async #launch(person: Person, action: HomeFilesAction): Promise<Reading> {
    const path = action.kind === 'write' ? action.name : action.path;
    if (path.includes('\0') || Buffer.byteLength(path) > 4096) {
      throw new StrongroomError('FileRefused', 'This path is not allowed');
    }
    const hostUid = this.#options.hasHostUids ? person.hostUid : undefined;
    let home: OpenHome | undefined;
    try {
      home = await this.#options.homes.open(person.profileName, hostUid);
      const sandbox = await this.#options.sandboxHost.launch(
        homeFilesSpec({
          ...{ person, hostUid, action, appId: newAppId() },
          homeFolder: home.folder,
          programs: this.#options.programs,
        }),
      );
      sandbox.stderr.resume();
      this.#running.set(sandbox, person.profileName);
      void sandbox.exited.then(() => this.#running.delete(sandbox));
      const { close } = home;
      return { sandbox, close: () => sandbox.stop({ graceMilliseconds: 0 }).then(close) };
    } catch (error) {
      await home?.close();
      throw explainStartFailure(error);
    }
  }
}

/** The document that the program in the sandbox wrote, or its refusal as an error. */
function answerOf(text: string): unknown {
  const answer: unknown = JSON.parse(text);
  const refusal = refusalSchema.safeParse(answer);
  if (!refusal.success) return answer;
  throw new StrongroomError(refusal.data.code, refusal.data.message);
}

function explainReading(error: unknown): StrongroomError {
  if (error instanceof StrongroomError) return error;
  return new StrongroomError('SandboxUnavailable', 'The files could not be read', {
    remedy: 'Try again. If it fails again, tell an administrator',
    cause: error,
  });
}

async function readAll(stream: Readable, maximumBytes: number): Promise<Buffer> {
  const timeout = setTimeout(() => stream.destroy(timedOut()), answerTimeoutMilliseconds);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maximumBytes) throw new Error('Cannot read the files: the list is too long');
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timeout);
  }
  return Buffer.concat(chunks);
}

/** The first line, and what came after it in the same piece. The stream is paused then. */
async function readHeader(stream: Readable): Promise<{ line: string; rest: Buffer }> {
  const timeout = AbortSignal.timeout(answerTimeoutMilliseconds);
  let held = Buffer.alloc(0);
  while (!stream.readableEnded) {
    const chunk = stream.read() as Buffer | null;
    if (chunk === null) {
      await Promise.race([
        once(stream, 'readable', { signal: timeout }),
        once(stream, 'end', { signal: timeout }),
      ]);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf(0x0a);
    if (end !== -1) return { line: held.toString('utf8', 0, end), rest: held.subarray(end + 1) };
    if (held.length > maximumHeaderBytes) break;
  }
  throw new Error('Cannot read the file: its header is missing');
}

/** The announced bytes: fewer are an error, more are cut off. */
function exactly(sizeBytes: number, first: Buffer, source: Readable): Readable {
  const output = new PassThrough();
  let missingBytes = sizeBytes;
  const take = (chunk: Buffer) => {
    const wanted = chunk.subarray(0, missingBytes);
    missingBytes -= wanted.length;
    const hasRoom = output.write(wanted);
    if (missingBytes === 0) finish();
    return hasRoom;
  };
  const finish = () => {
    source.removeAllListeners('data').destroy();
    output.end();
  };
  source.once('error', (error) => output.destroy(error));
  source.once('end', () => {
    if (missingBytes > 0) output.destroy(new Error('Cannot read the file: it ended too early'));
  });
  output.once('close', () => source.destroy());
  output.on('drain', () => source.resume());
  take(first);
  if (missingBytes > 0) {
    source.on('data', (chunk: Buffer) => {
      if (!take(chunk)) source.pause();
    });
  }
  return output;
}

function timedOut(): Error {
  return new Error('Cannot read the files: the sandbox did not answer in time');
}
