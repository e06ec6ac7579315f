import { createHash, randomBytes } from 'node:crypto';
import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';

/** Whose console session a presigned URL was made in. */
export interface RedeemedUrl {
  readonly sessionId: string;
}

export const presignedUrlSeconds = 60;

const tokenBytes = 32;
const keepMilliseconds = 60 * 60 * 1000;

/** The single-use tokens that carry a person from the console to their studio's own origin. */
export class PresignedUrls {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(options: { readonly state: State; readonly clock: Clock }) {
    this.#state = options.state;
    this.#clock = options.clock;
  }

  /** The token; only its hash is kept. */
  async issue(profileName: ProfileName, sessionId: string): Promise<string> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const now = this.#clock().getTime();
    await this.#state
      .deleteFrom('presigned_urls')
      .where('expires_at', '<', now - keepMilliseconds)
      .execute();
    await this.#state
      .insertInto('presigned_urls')
      .values({
        token_hash: hashToken(token),
        profile_name: profileName,
        session_id: sessionId,
        expires_at: now + presignedUrlSeconds * 1000,
        used_at: null,
      })
      .execute();
    return token;
  }

  /**
   * Spends the token, also where it is refused: one that reached the wrong studio has leaked.
   *
   * @throws {StrongroomError} `PresignedUrlInvalid`, `PresignedUrlUsed`, `PresignedUrlExpired`
   */
  async redeem(token: string, profileName: ProfileName): Promise<RedeemedUrl> {
    const hash = hashToken(token);
    const now = this.#clock().getTime();
    const row = await this.#state
      .selectFrom('presigned_urls')
      .selectAll()
      .where('token_hash', '=', hash)
      .executeTakeFirst();
    if (row === undefined) throw refused('PresignedUrlInvalid');
    // INVARIANT: of two requests with the same token, one statement changes the row.
    const spent = await this.#state
      .updateTable('presigned_urls')
      .set({ used_at: now })
      .where('token_hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (row.profile_name !== profileName) throw refused('PresignedUrlInvalid');
    if (spent.numUpdatedRows !== 1n) throw refused('PresignedUrlUsed');
    if (row.expires_at <= now) throw refused('PresignedUrlExpired');
    return { sessionId: row.session_id };
  }
}

const sentences = {
  PresignedUrlInvalid: 'This link does not open this studio',
  PresignedUrlUsed: 'This link was used already; each opens a studio once',
  PresignedUrlExpired: `This link has expired; each lasts ${presignedUrlSeconds} seconds`,
} as const;

function refused(code: keyof typeof sentences): StrongroomError {
  return new StrongroomError(code, sentences[code], {
    remedy: 'Launch the studio from the console again',
  });
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
