import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ProfileName } from '@strongroom/contracts';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { StudioOnNetwork } from '../studio-connection.ts';

/** What the AWS SDKs sign with (AWS STS API Reference, "Credentials"). */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
}

export interface VerifiedCredentials {
  readonly profileName: ProfileName;
  readonly secretAccessKey: string;
}

/** AWS's own error codes (AWS STS API Reference, "Common Errors"). */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code: 'InvalidClientTokenId' | 'ExpiredToken' | 'AccessDenied';

  constructor(code: CredentialsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const lifetimeMilliseconds = 60 * 60 * 1000;
/** The SDKs ask anew when a quarter of an hour is left; they then get others. */
const renewMilliseconds = 30 * 60 * 1000;

const claimsSchema = z.object({
  accessKeyId: z.string(),
  profileName: z.string(),
  /** The run of the studio that they were given to. */
  runId: z.string(),
  expiresAt: z.number(),
});

interface Run {
  readonly runId: string;
  readonly studio: StudioOnNetwork;
  current: TemporaryCredentials | undefined;
}

/**
 * Short-lived credentials, each bound to one run of one studio. Nothing of them is stored: the token
 * carries its claims and their HMAC, and the secret key is derived from it.
 *
 * INVARIANT: they are worth something only in the network of the studio that they were given to, and
 * only while that run lasts.
 */
export class Credentials {
  readonly #key: Buffer;
  readonly #clock: Clock;
  readonly #runs = new Map<string, Run>();

  /** `key`: 256 secret bits of the domain's. */
  constructor(key: Buffer, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** From now on this studio's run may have credentials; `end` ends all that it was given. */
  begin(studio: StudioOnNetwork): { readonly runId: string; end(): void } {
    const runId = randomBytes(16).toString('hex');
    this.#runs.set(runId, { runId, studio, current: undefined });
    return { runId, end: () => void this.#runs.delete(runId) };
  }

  /** `undefined` for a run that is over, or that is another studio's. */
  issue(runId: string, asking: StudioOnNetwork): TemporaryCredentials | undefined {
    const run = this.#runs.get(runId);
    if (run === undefined || run.studio.appId !== asking.appId) return undefined;
    const now = this.#clock().getTime();
    if (run.current !== undefined && run.current.expiresAt.getTime() - now > renewMilliseconds) {
      return run.current;
    }
    run.current = this.#make(run, now + lifetimeMilliseconds);
    return run.current;
  }

  /**
   * Whose credentials these are, where they are worth something on this connection.
   *
   * @throws {CredentialsError}
   */
  verify(accessKeyId: string, sessionToken: string, asking: StudioOnNetwork): VerifiedCredentials {
    const claims = this.#readToken(sessionToken);
    if (claims === undefined || claims.accessKeyId !== accessKeyId) {
      throw new CredentialsError(
        'InvalidClientTokenId',
        'The security token included in the request is invalid.',
      );
    }
    if (claims.expiresAt <= this.#clock().getTime()) {
      throw new CredentialsError(
        'ExpiredToken',
        'The security token included in the request is expired',
      );
    }
    const run = this.#runs.get(claims.runId);
    if (run === undefined) {
      throw new CredentialsError(
        'ExpiredToken',
        'The studio that these credentials were given to has ended',
      );
    }
    if (run.studio.appId !== asking.appId) {
      throw new CredentialsError(
        'AccessDenied',
        'These credentials were given to another studio and are worth nothing in this network',
      );
    }
    return { profileName: run.studio.profileName, secretAccessKey: this.#secretOf(sessionToken) };
  }

  #make({ runId, studio }: Run, expiresAt: number): TemporaryCredentials {
    const accessKeyId = `ASIA${base32(randomBytes(10))}`;
    const claims = { accessKeyId, profileName: studio.profileName, runId, expiresAt };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const sessionToken = `${body}.${this.#sign(`token:${body}`).toString('base64url')}`;
    const secretAccessKey = this.#secretOf(sessionToken);
    return { accessKeyId, secretAccessKey, sessionToken, expiresAt: new Date(expiresAt) };
  }

  #readToken(token: string): z.infer<typeof claimsSchema> | undefined {
    const [body = '', mac = '', ...others] = token.split('.');
    if (others.length > 0 || token.length > 2_048) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const expected = this.#sign(`token:${body}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  }

  /** Forty characters, as AWS's have. */
  #secretOf(sessionToken: string): string {
    return this.#sign(`secret:${sessionToken}`).toString('base64').slice(0, 40);
  }

  #sign(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

/** RFC 4648, section 6: what access key ids are written in. */
function base32(bytes: Buffer): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
}
