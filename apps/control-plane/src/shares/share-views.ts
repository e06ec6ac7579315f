import type { ProfileName, ShareId, ShareView } from '@strongroom/contracts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { State } from '../state/database.ts';

type NewView = Pick<ShareView, 'profileName' | 'version' | 'kind'>;

const maximumListed = 500;
/** Of one kind by one person: what comes faster is the same look. */
const sameLookMilliseconds = 2_000;
/** Somebody who is refused again and again fills no table. */
const sameRefusalMilliseconds = 60_000;

/** Who looked at a share, and who was not let in. */
export class ShareViews {
  readonly #state: State;
  readonly #people: Pick<People, 'find'>;
  readonly #clock: Clock;

  constructor(options: {
    readonly state: State;
    readonly people: Pick<People, 'find'>;
    readonly clock: Clock;
  }) {
    this.#state = options.state;
    this.#people = options.people;
    this.#clock = options.clock;
  }

  async add(shareId: ShareId, { profileName, version, kind }: NewView): Promise<void> {
    const now = this.#clock().getTime();
    const last = await this.#lastOf(shareId, { profileName, version, kind });
    const window = kind === 'refused' ? sameRefusalMilliseconds : sameLookMilliseconds;
    if (kind !== 'copied' && last !== undefined && now - last < window) return;
    await this.#state
      .insertInto('share_views')
      .values({ share_id: shareId, viewed_at: now, profile_name: profileName, version, kind })
      .execute();
  }

  /** Newest first. */
  async list(shareId: ShareId): Promise<ShareView[]> {
    const rows = await this.#state
      .selectFrom('share_views')
      .selectAll()
      .where('share_id', '=', shareId)
      .orderBy('viewed_at', 'desc')
      .limit(maximumListed)
      .execute();
    const names = new Map<string, string>();
    for (const name of new Set(rows.map((row) => row.profile_name))) {
      names.set(name, (await this.#people.find(name))?.displayName ?? name);
    }
    return rows.map((row) => ({
      at: new Date(row.viewed_at).toISOString(),
      profileName: row.profile_name as ProfileName,
      displayName: names.get(row.profile_name) ?? row.profile_name,
      version: row.version,
      kind: row.kind,
    }));
  }

  async #lastOf(shareId: ShareId, view: NewView): Promise<number | undefined> {
    const row = await this.#state
      .selectFrom('share_views')
      .select('viewed_at')
      .where('share_id', '=', shareId)
      .where('profile_name', '=', view.profileName)
      .where('kind', '=', view.kind)
      .where('version', view.version === null ? 'is' : '=', view.version)
      .orderBy('viewed_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.viewed_at;
  }
}
