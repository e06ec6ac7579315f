import { createHash, randomBytes } from 'node:crypto';
import {
  type NewPersonalToken,
  type PersonalToken,
  type PersonalTokenRequest,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';

const prefix = 'srt_';
const secretBytes = 32;
const hintCharacters = prefix.length + 4;
const maximumTokens = 50;
const dayMilliseconds = 24 * 60 * 60 * 1000;
/** `lastUsedAt` is no more exact than this: one clone sends several requests. */
const useResolutionMilliseconds = 60_000;

/** What a token that was found allows. */
export interface TokenUse {
  readonly tokenId: string;
  readonly profileName: ProfileName;
  readonly permission: PersonalToken['permission'];
}

export type TokenProblem = 'unknown' | 'expired';

/** What Git outside the studios signs in with. Only hashes are kept. */
export class PersonalTokens {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async list(profileName: ProfileName): Promise<PersonalToken[]> {
    const rows = await this.#state
      .selectFrom('personal_tokens')
      .selectAll()
      .where('profile_name', '=', profileName)
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map(toToken);
  }

  /**
   * `record` is awaited before the token counts.
   *
   * @throws {StrongroomError} `TooManyTokens`
   */
  async create(
    profileName: ProfileName,
    { name, permission, lifetimeDays }: PersonalTokenRequest,
    record: (token: PersonalToken) => Promise<void>,
  ): Promise<NewPersonalToken> {
    const secret = `${prefix}${randomBytes(secretBytes).toString('base64url')}`;
    const createdAt = this.#clock().getTime();
    const row = {
      ...{ token_id: randomBytes(16).toString('hex'), token_hash: hashOf(secret) },
      ...{ profile_name: profileName, name, permission, hint: secret.slice(0, hintCharacters) },
      ...{ created_at: createdAt, expires_at: createdAt + lifetimeDays * dayMilliseconds },
      last_used_at: null,
    };
    await this.#requireRoom(profileName);
    await record(toToken(row));
    await this.#state.transaction().execute(async (transaction) => {
      // Asked again here: another may have been made meanwhile.
      const { count } = await transaction
        .selectFrom('personal_tokens')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('profile_name', '=', profileName)
        .executeTakeFirstOrThrow();
      if (Number(count) >= maximumTokens) throw tooMany();
      await transaction.insertInto('personal_tokens').values(row).execute();
    });
    return { ...toToken(row), secret };
  }

  /** @throws {StrongroomError} `TokenNotFound`, also where it is somebody else's */
  async end(profileName: ProfileName, tokenId: string, record: () => Promise<void>): Promise<void> {
    const own = (await this.list(profileName)).some((each) => each.tokenId === tokenId);
    if (!own) throw new StrongroomError('TokenNotFound', 'Cannot end the token: there is none');
    await record();
    await this.#state.deleteFrom('personal_tokens').where('token_id', '=', tokenId).execute();
  }

  /** Of a person who was disabled; those of one who is removed go with the person. */
  async endAllOf(profileName: ProfileName): Promise<void> {
    await this.#state
      .deleteFrom('personal_tokens')
      .where('profile_name', '=', profileName)
      .execute();
  }

  /** Whose token it is, where the name fits it too. */
  async find(profileName: string, secret: string): Promise<TokenUse | TokenProblem> {
    if (!secret.startsWith(prefix)) return 'unknown';
    const row = await this.#state
      .selectFrom('personal_tokens')
      .selectAll()
      .where('token_hash', '=', hashOf(secret))
      .executeTakeFirst();
    if (row === undefined || row.profile_name !== profileName) return 'unknown';
    const now = this.#clock().getTime();
    if (row.expires_at <= now) return 'expired';
    if (now - (row.last_used_at ?? 0) >= useResolutionMilliseconds) {
      await this.#state
        .updateTable('personal_tokens')
        .set({ last_used_at: now })
        .where('token_id', '=', row.token_id)
        .execute();
    }
    const { token_id: tokenId, permission } = row;
    return { tokenId, permission, profileName: row.profile_name as ProfileName };
  }

  /** Expired ones are told for as long as there is room, and make room then. */
  async #requireRoom(profileName: ProfileName): Promise<void> {
    const tokens = await this.list(profileName);
    if (tokens.length < maximumTokens) return;
    const now = this.#clock().getTime();
    const { numDeletedRows } = await this.#state
      .deleteFrom('personal_tokens')
      .where('profile_name', '=', profileName)
      .where('expires_at', '<=', now)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw tooMany();
  }
}

/** The secret is random and 256 bits long, so a plain hash cannot be searched. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function tooMany(): StrongroomError {
  return new StrongroomError(
    'TooManyTokens',
    `Cannot make a token: you have ${maximumTokens} already`,
    { remedy: 'End one that you do not use.', values: { maximumTokens } },
  );
}

function toToken(row: Selectable<Schema['personal_tokens']>): PersonalToken {
  return {
    ...{ tokenId: row.token_id, name: row.name, permission: row.permission, hint: row.hint },
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at).toISOString(),
  };
}
