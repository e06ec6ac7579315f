import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Selectable } from 'kysely';
import type { Clock } from '../../clock.ts';
import { openRootKey } from '../../keys/root-key.ts';
import type { State } from '../../state/database.ts';
import { KeptReads } from '../../state/kept-reads.ts';
import type { Schema } from '../../state/schema.ts';
import type { StudioOnNetwork } from '../studio-connection.ts';
import { CredentialSecrets, newAccessKeyId } from './credential-secrets.ts';

/** A set as a program gets it. Never to be logged. */
export interface TemporaryCredentialSet {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
}

/** Whose set it is, and the secret that its signatures are checked with. */
export interface FoundCredentials {
  readonly profileName: ProfileName;
  readonly appId: AppId;
  readonly secretAccessKey: string;
}

/** `InvalidClientTokenId` also where a set was ended: AWS does not tell that apart either. */
export type CredentialProblem = 'InvalidClientTokenId' | 'ExpiredToken';

type StudioIdentity = Pick<StudioOnNetwork, 'profileName' | 'appId'>;

/** Stands where a studio's app would: a set for tools outside, good on the outer endpoint alone. */
export const outsideAppId = '0'.repeat(32) as AppId;

const hourMilliseconds = 60 * 60 * 1000;
const lifetimeMilliseconds = hourMilliseconds;
/** How long rows of past sets are kept for whoever asks what they were. */
const keepMilliseconds = 24 * hourMilliseconds;
const keyFileName = 'credentials.key';

/** Credentials in AWS's form, each set for one profile's one studio and one hour. */
export class TemporaryCredentials {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #secrets: CredentialSecrets;
  /** A program signs very many requests with one set. */
  readonly #rows: KeptReads<Selectable<Schema['temporary_credentials']>>;

  private constructor(state: State, clock: Clock, secrets: CredentialSecrets) {
    this.#state = state;
    this.#clock = clock;
    this.#secrets = secrets;
    this.#rows = new KeptReads(state);
  }

  /**
   * Ends every set there is: a control plane that starts has no studio yet.
   *
   * @throws {StartError} `KeyFileUnusable`
   */
  static async open(options: {
    readonly state: State;
    readonly clock: Clock;
    readonly dataFolder: string;
  }): Promise<TemporaryCredentials> {
    const { state, clock, dataFolder } = options;
    const secrets = new CredentialSecrets(await openRootKey(dataFolder, keyFileName));
    const credentials = new TemporaryCredentials(state, clock, secrets);
    await credentials.#end({});
    return credentials;
  }

  issue(studio: StudioIdentity): Promise<TemporaryCredentialSet> {
    return this.#issue(studio, lifetimeMilliseconds);
  }

  /** For tools outside the studios, as the person is in the console. */
  issueForOutside(
    profileName: ProfileName,
    { lifetimeHours }: { readonly lifetimeHours: number },
  ): Promise<TemporaryCredentialSet> {
    return this.#issue({ profileName, appId: outsideAppId }, lifetimeHours * hourMilliseconds);
  }

  async #issue(
    { profileName, appId }: StudioIdentity,
    lifetime: number,
  ): Promise<TemporaryCredentialSet> {
    const accessKeyId = newAccessKeyId();
    const issuedAt = this.#clock().getTime();
    const expiresAt = issuedAt + lifetime;
    await this.#state
      .deleteFrom('temporary_credentials')
      .where('expires_at', '<', issuedAt - keepMilliseconds)
      .execute();
    await this.#state
      .insertInto('temporary_credentials')
      .values({
        ...{ access_key_id: accessKeyId, profile_name: profileName, app_id: appId },
        ...{ issued_at: issuedAt, expires_at: expiresAt, ended_at: null },
      })
      .execute();
    return {
      accessKeyId,
      secretAccessKey: this.#secrets.secretAccessKey(accessKeyId),
      sessionToken: this.#secrets.seal({ accessKeyId, profileName, appId, expiresAt }),
      expiresAt: new Date(expiresAt),
    };
  }

  /** Both must be of one set. Which studio may use it is for the caller to compare. */
  async find(
    accessKeyId: string,
    sessionToken: string,
  ): Promise<FoundCredentials | CredentialProblem> {
    const content = this.#secrets.open(sessionToken);
    if (content === undefined || content.accessKeyId !== accessKeyId) return 'InvalidClientTokenId';
    if (content.expiresAt <= this.#clock().getTime()) return 'ExpiredToken';
    const row = await this.#rows.find(accessKeyId, () =>
      this.#state
        .selectFrom('temporary_credentials')
        .selectAll()
        .where('access_key_id', '=', accessKeyId)
        .executeTakeFirst(),
    );
    if (row === undefined || row.ended_at !== null) return 'InvalidClientTokenId';
    return {
      profileName: row.profile_name as ProfileName,
      appId: row.app_id as AppId,
      secretAccessKey: this.#secrets.secretAccessKey(accessKeyId),
    };
  }

  /** Of a person who was disabled or removed. */
  endOfPerson(profileName: ProfileName): Promise<void> {
    return this.#end({ profile_name: profileName });
  }

  /** Of a studio that is over. */
  endOfApp(appId: AppId): Promise<void> {
    return this.#end({ app_id: appId });
  }

  async #end(whose: { profile_name?: string; app_id?: string }): Promise<void> {
    let ending = this.#state
      .updateTable('temporary_credentials')
      .set({ ended_at: this.#clock().getTime() })
      .where('ended_at', 'is', null);
    if (whose.profile_name !== undefined) {
      ending = ending.where('profile_name', '=', whose.profile_name);
    }
    if (whose.app_id !== undefined) ending = ending.where('app_id', '=', whose.app_id);
    await ending.execute();
  }
}
