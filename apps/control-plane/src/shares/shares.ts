import {
  type ShareChoices,
  type ShareDetails,
  type ShareExtension,
  type ShareListName,
  type ShareSummary,
  type ShareView,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { GetObjectResult } from '@strongroom/object-store';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { DescribeShareOptions } from './describe-share.ts';
import { describeShare, describeVersion } from './describe-share.ts';
import type { CountedShare, Share } from './share.ts';
import { isLaterOwner, type ShareAccess, type ShareAsker } from './share-access.ts';
import { isNamed } from './share-audience.ts';
import { latestEnd, requireEnd } from './share-ends.ts';
import { shareEnded, shareNotFound } from './share-refusals.ts';
import type { ShareStore } from './share-store.ts';
import type { ShareTexts } from './share-texts.ts';
import type { ShareViews } from './share-views.ts';
import type { SharedNotebooks } from './shared-notebooks.ts';

export interface SharesOptions {
  readonly domain: () => Domain;
  readonly store: ShareStore;
  readonly access: ShareAccess;
  readonly texts: ShareTexts;
  readonly views: ShareViews;
  readonly notebooks: SharedNotebooks;
  readonly people: People;
  readonly audit: ShareAudit;
  readonly clock: Clock;
  readonly origins: { readonly console: string; readonly viewer: string };
}

/** Shares that are there: who sees which, what is in them, how they end. */
export class Shares {
  readonly #options: SharesOptions;

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  /** What whoever shares can choose from. */
  async choices({ profileName }: Person): Promise<ShareChoices> {
    const { domain, people } = this.#options;
    const { teams, sharing } = domain();
    const others = (await people.list()).filter(
      (each) => each.profileName !== profileName && each.role !== 'auditor' && !each.disabled,
    );
    const { maximumDays, defaultDays, maximumNotebookBytes } = sharing;
    return {
      teams: teams.map(({ name }) => name),
      people: others.map((each) => ({
        ...{ profileName: each.profileName, displayName: each.displayName, team: each.team },
      })),
      ...{ maximumDays, defaultDays, maximumNotebookBytes },
    };
  }

  /** `all` is for whoever the policies let list them; the caller decides that. */
  async list(person: Person, list: ShareListName): Promise<ShareSummary[]> {
    const found = await this.#listed(person, list);
    const options = this.#describing();
    return Promise.all(found.map((each) => describeShare(options, person, each)));
  }

  async #listed(person: Person, list: ShareListName): Promise<readonly CountedShare[]> {
    const { store, clock, access } = this.#options;
    const { profileName } = person;
    if (list === 'all') return store.list({});
    if (list === 'mine') {
      const own = await store.list({ owner: profileName });
      return own.filter(({ share }) => !isLaterOwner(person, share));
    }
    const active = await store.list({ notOwner: profileName, activeAt: clock() });
    const judged = await Promise.all(
      active.map(async (each) => {
        // The policies decide; most shares are ruled out by a look at their audience.
        const isMeant = isNamed(each.share.audience, person);
        return { each, may: isMeant && (await access.mayRead(person, each.share)) };
      }),
    );
    return judged.filter(({ may }) => may).map(({ each }) => each);
  }

  /** @throws {StrongroomError} `ShareNotFound`, `ShareRevoked`, `ShareExpired`, `AccessDenied` */
  async details(asker: ShareAsker, shareId: string): Promise<ShareDetails> {
    const { store, access } = this.#options;
    const counted = await store.find(shareId);
    if (counted === undefined) throw shareNotFound();
    if (!access.oversees(asker.person, counted.share)) {
      await access.requireContent(asker, 'strongroom:GetShare', shareId);
    }
    return this.#describe(asker.person, counted);
  }

  /**
   * One version's bytes, and the look written down.
   *
   * @throws {StrongroomError} `ShareNotFound`, `ShareRevoked`, `ShareExpired`, `AccessDenied`, `KeyUnavailable`
   */
  async readNotebook(
    asker: ShareAsker,
    shareId: string,
    version: number,
  ): Promise<{ share: Share; found: GetObjectResult }> {
    const { access, notebooks, audit, views } = this.#options;
    const share = await access.requireContent(asker, 'strongroom:GetShare', shareId);
    await this.requireVersion(share, version);
    const found = await notebooks.read(asker.person, share, version);
    await audit.viewed(asker.actor, share, version);
    const { profileName } = asker.person;
    if (profileName !== share.owner) {
      await views.add(share.shareId, { profileName, version, kind: 'viewed' });
    }
    return { share, found };
  }

  /** Whether what `readNotebook` answered would be answered still. */
  async mayStillRead(person: Person, shareId: string, version: number): Promise<boolean> {
    const { store, access, notebooks } = this.#options;
    const counted = await store.find(shareId);
    if (counted === undefined || !(await access.mayRead(person, counted.share))) return false;
    return notebooks.mayRead(person, counted.share, version);
  }

  /** @throws {StrongroomError} `ShareNotFound` */
  async requireVersion({ shareId }: Share, version: number): Promise<void> {
    const versions = await this.#options.store.versions(shareId);
    if (versions.some((each) => each.version === version)) return;
    throw new StrongroomError('ShareNotFound', `Cannot find version ${version} of this share`);
  }

  /** @throws {StrongroomError} `ShareNotFound`, `AccessDenied`; one that is revoked already stays as it is */
  async revoke(asker: ShareAsker, shareId: string): Promise<ShareDetails> {
    const { access, store, audit, clock } = this.#options;
    const share = await access.requireManaged(asker, 'strongroom:RevokeShare', shareId);
    if (share.revokedAt === undefined) {
      await audit.revoked(asker.actor, share);
      await store.revoke(share.shareId, asker.person.profileName, clock());
    }
    return this.#describeAgain(asker.person, shareId);
  }

  /** @throws {StrongroomError} `ShareNotFound`, `AccessDenied`, `ShareRevoked`, `InvalidRequest` */
  async extend(
    asker: ShareAsker,
    shareId: string,
    { expiresAt: asked }: ShareExtension,
  ): Promise<ShareDetails> {
    const { access, store, audit, clock, domain } = this.#options;
    const share = await access.requireManaged(asker, 'strongroom:UpdateShare', shareId);
    if ((await access.stateOf(share)) === 'revoked') throw shareEnded('revoked', share);
    const expiresAt = requireEnd(asked, { now: clock(), sharing: domain().sharing });
    await audit.extended(asker.actor, share, expiresAt);
    if (!(await store.extend(share.shareId, expiresAt))) throw shareEnded('revoked', share);
    return this.#describeAgain(asker.person, shareId);
  }

  /** @throws {StrongroomError} `ShareNotFound`, `AccessDenied` */
  async viewsOf(asker: ShareAsker, shareId: string): Promise<ShareView[]> {
    const { access, views } = this.#options;
    const share = await access.requireManaged(asker, 'strongroom:ListShareViews', shareId);
    return views.list(share.shareId);
  }

  /** For what was just made or changed. */
  async #describeAgain(person: Person, shareId: string): Promise<ShareDetails> {
    const counted = await this.#options.store.find(shareId);
    if (counted === undefined) throw shareNotFound();
    return this.#describe(person, counted);
  }

  /** @throws {StrongroomError} `ShareNotFound` */
  describeOwn(owner: Person, shareId: string): Promise<ShareDetails> {
    return this.#describeAgain(owner, shareId);
  }

  async #describe(person: Person, counted: CountedShare): Promise<ShareDetails> {
    const { store, origins } = this.#options;
    const { share } = counted;
    const options = this.#describing();
    const versions = await store.versions(share.shareId);
    const described = await describeShare(options, person, counted);
    return {
      ...described,
      versions: await Promise.all(versions.map((each) => describeVersion(options, share, each))),
      sourcePath: described.sourcePath ?? null,
      viewerOrigin: origins.viewer,
    };
  }

  #describing(): DescribeShareOptions {
    const { access, texts, people, origins, clock, domain } = this.#options;
    return {
      ...{ access, texts, people },
      latestEnd: () => latestEnd(clock(), domain().sharing),
      urlOf: (shareId) => `${origins.console}/shares/${shareId}`,
    };
  }
}
