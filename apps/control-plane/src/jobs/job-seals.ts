import { StrongroomError } from '@strongroom/contracts';
import { KeyError, type KeyService, openBytes, sealBytes } from '@strongroom/sealing';

export interface JobSealsOptions {
  readonly keys: Pick<KeyService, 'generateDataKey' | 'decrypt' | 'on'>;
  /** What each job's own key is wrapped under. */
  readonly keyReference: string;
}

/** What is sealed belongs to one job or schedule, and to one place in it. */
export interface SealPlace {
  /** Of the job or the schedule. */
  readonly id: string;
  readonly wrappedKey: Uint8Array;
  readonly place: 'document' | 'log';
}

const caller = { principal: 'platform' };
/** Opened keys at once. */
const maximumOpened = 1_000;

/**
 * What people ask of a job, what it printed and why it failed. Each job and schedule has a data key of
 * its own under the domain's, whose context is the job: a disabled key makes all of it unreadable at
 * once, and nothing sealed can be moved to another.
 */
export class JobSeals {
  readonly #options: JobSealsOptions;
  readonly #opened = new Map<string, Promise<Buffer>>();
  readonly #stopListening: () => void;

  constructor(options: JobSealsOptions) {
    this.#options = options;
    this.#stopListening = options.keys.on('changed', () => this.#opened.clear());
  }

  close(): void {
    this.#stopListening();
    this.#opened.clear();
  }

  /** The key of a new job or schedule, wrapped. @throws {StrongroomError} `KeyUnavailable` */
  async createKey(id: string): Promise<Buffer> {
    const { keys, keyReference: key } = this.#options;
    const made = keys.generateDataKey({ key, context: contextOf(id), caller });
    const { dataKey, wrapped } = await made.catch(explain);
    dataKey.fill(0);
    return wrapped;
  }

  /** @throws {StrongroomError} `KeyUnavailable` */
  async seal(where: SealPlace, value: unknown): Promise<Buffer> {
    const key = await this.#keyOf(where);
    return sealBytes(key, Buffer.from(JSON.stringify(value)), authenticated(where));
  }

  /** @throws {StrongroomError} `KeyUnavailable` */
  async open(where: SealPlace, sealed: Uint8Array): Promise<unknown> {
    const key = await this.#keyOf(where);
    const opened = openBytes(key, Buffer.from(sealed), authenticated(where));
    if (opened !== undefined) return JSON.parse(opened.toString('utf8')) as unknown;
    throw new Error(`Cannot read the ${where.place} of the job "${where.id}": it was altered`);
  }

  #keyOf({ id, wrappedKey }: SealPlace): Promise<Buffer> {
    const known = this.#opened.get(id);
    if (known !== undefined) return known;
    const wrapped = Buffer.from(wrappedKey);
    const opened = this.#options.keys
      .decrypt({ wrapped, context: contextOf(id), caller })
      .catch((error: unknown) => {
        if (this.#opened.get(id) === opened) this.#opened.delete(id);
        return explain(error);
      });
    if (this.#opened.size >= maximumOpened) this.#opened.clear();
    this.#opened.set(id, opened);
    return opened;
  }
}

function explain(error: unknown): never {
  if (!(error instanceof KeyError)) throw error;
  throw new StrongroomError(
    'KeyUnavailable',
    `Cannot use the key that seals jobs: ${error.message}`,
    { cause: error },
  );
}

function contextOf(id: string): Record<string, string> {
  return { 'strongroom:job': id };
}

function authenticated({ id, place }: SealPlace): Buffer {
  return Buffer.from(`${id}/${place}`);
}
