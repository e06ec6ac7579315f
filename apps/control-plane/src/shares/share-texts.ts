import { StrongroomError } from '@strongroom/contracts';
import { KeyError, type KeyService, openBytes, sealBytes } from '@strongroom/sealing';
import { decidedRefusal } from '../keys/key-refusal.ts';
import type { Share } from './share.ts';

export interface ShareTextsOptions {
  readonly keys: Pick<KeyService, 'generateDataKey' | 'decrypt' | 'describe' | 'keyOfBlob' | 'on'>;
  /** What a share's own key is wrapped under. */
  readonly keyReference: string;
}

type KeyedShare = Pick<Share, 'shareId' | 'wrappedKey'>;

const caller = { principal: 'platform' };
/** Opened keys at once. */
const maximumOpened = 2_000;

/**
 * What people write about a share: notes, comments, the path it came from. Each share has a data key
 * of its own under the domain's, whose context is the share: a disabled key makes all of it unreadable
 * at once, and no text can be moved to another share.
 */
export class ShareTexts {
  readonly #options: ShareTextsOptions;
  readonly #opened = new Map<string, Promise<Buffer>>();
  readonly #stopListening: () => void;

  constructor(options: ShareTextsOptions) {
    this.#options = options;
    this.#stopListening = options.keys.on('changed', () => this.#opened.clear());
  }

  close(): void {
    this.#stopListening();
    this.#opened.clear();
  }

  /** The key of a new share, wrapped. @throws {StrongroomError} `KeyUnavailable` */
  async createKey(shareId: Share['shareId']): Promise<Buffer> {
    const { keys, keyReference: key } = this.#options;
    const context = contextOf(shareId);
    const { dataKey, wrapped } = await keys
      .generateDataKey({ key, context, caller })
      .catch((error: unknown) => {
        throw this.#explain(error, undefined);
      });
    dataKey.fill(0);
    return wrapped;
  }

  /** `place` is part of what is sealed, so that two texts of one share cannot be exchanged. */
  async seal(share: KeyedShare, place: string, text: string): Promise<Buffer> {
    return sealBytes(await this.#keyOf(share), Buffer.from(text), authenticated(share, place));
  }

  /** @throws {StrongroomError} `KeyUnavailable` */
  async open(share: KeyedShare, place: string, sealed: Buffer): Promise<string> {
    const opened = openBytes(await this.#keyOf(share), sealed, authenticated(share, place));
    if (opened !== undefined) return opened.toString('utf8');
    throw new Error(`Cannot read "${place}" of the share "${share.shareId}": it was altered`);
  }

  async #keyOf(share: KeyedShare): Promise<Buffer> {
    const { shareId, wrappedKey: wrapped } = share;
    const known = this.#opened.get(shareId);
    if (known !== undefined) return known;
    const opened = this.#options.keys
      .decrypt({ wrapped, context: contextOf(shareId), caller })
      .catch((error: unknown) => {
        this.#forget(shareId, opened);
        throw this.#explain(error, wrapped);
      });
    if (this.#opened.size >= maximumOpened) this.#opened.clear();
    this.#opened.set(shareId, opened);
    return opened;
  }

  #forget(shareId: string, opened: Promise<Buffer>): void {
    if (this.#opened.get(shareId) === opened) this.#opened.delete(shareId);
  }

  #explain(error: unknown, wrapped: Buffer | undefined): unknown {
    if (!(error instanceof KeyError)) return error;
    const key = this.#nameOf(wrapped);
    const message = `Cannot use the key "${key}" that seals this share: ${error.message}`;
    const values = { key };
    return (
      decidedRefusal(error) ??
      new StrongroomError('KeyUnavailable', message, { values, cause: error })
    );
  }

  #nameOf(wrapped: Buffer | undefined): string {
    const { keys, keyReference } = this.#options;
    if (wrapped === undefined) return keyReference;
    try {
      const { aliases, keyId } = keys.keyOfBlob(wrapped);
      return aliases[0] ?? keyId;
    } catch {
      return keyReference;
    }
  }
}

function contextOf(shareId: string): Record<string, string> {
  return { 'strongroom:share': shareId };
}

function authenticated({ shareId }: KeyedShare, place: string): Buffer {
  return Buffer.from(`${shareId}/${place}`);
}
