import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a session token says; it is of use only together with the signature below it. */
export interface TokenContent {
  readonly accessKeyId: string;
  readonly profileName: string;
  readonly appId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** AWS allows more; a longer one is none of ours. */
const maximumTokenCharacters = 1024;

/** `ASIA` begins those of AWS's temporary credentials; 16 characters, 80 random bits. */
export function newAccessKeyId(): string {
  return `ASIA${Array.from(randomBytes(16), (byte) => base32[byte & 31]).join('')}`;
}

/** Derives what belongs to an access key id, so that no secret is stored anywhere but the root key. */
export class CredentialSecrets {
  readonly #rootKey: Buffer;
  /** What was found to be ours, since a program sends the same with each of very many requests. */
  readonly #opened = new Map<string, TokenContent>();
  readonly #secrets = new Map<string, string>();

  constructor(rootKey: Buffer) {
    this.#rootKey = rootKey;
  }

  /** 40 characters, as AWS's have. */
  secretAccessKey(accessKeyId: string): string {
    const known = this.#secrets.get(accessKeyId);
    if (known !== undefined) return known;
    const code = this.#authenticate('secret-access-key', accessKeyId);
    return kept(this.#secrets, accessKeyId, code.subarray(0, 30).toString('base64'));
  }

  seal(content: TokenContent): string {
    const text = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${text}.${this.#authenticate('session-token', text).toString('base64url')}`;
  }

  /** `undefined`: it was not made here, or was changed. */
  open(token: string): TokenContent | undefined {
    const known = this.#opened.get(token);
    if (known !== undefined) return known;
    if (token.length > maximumTokenCharacters) return undefined;
    const [text, code, ...more] = token.split('.');
    if (text === undefined || code === undefined || more.length > 0) return undefined;
    const expected = Buffer.from(this.#authenticate('session-token', text).toString('base64url'));
    const given = Buffer.from(code);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    // INVARIANT: whatever is parsed here was written by `seal`.
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as TokenContent;
    return kept(this.#opened, token, content);
  }

  /** The purpose keeps one use of the root key from standing in for another. */
  #authenticate(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#rootKey).update(`${purpose}\n${text}`).digest();
  }
}

const maximumKept = 1_000;

function kept<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  if (map.size >= maximumKept) map.clear();
  map.set(key, value);
  return value;
}
