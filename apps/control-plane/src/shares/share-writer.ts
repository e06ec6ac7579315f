import {
  type ScanFinding,
  type ShareAudience,
  type ShareCheck,
  type ShareId,
  type ShareRequest,
  type ShareVersionRequest,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { AuthorizeShare } from '../policies/authorize-share.ts';
import type { ScanRules } from './notebooks/check-notebook.ts';
import type { NotebookTasks } from './notebooks/notebook-tasks.ts';
import type { PersonalLimit } from './personal-limit.ts';
import { type CheckedNotebook, newShareId, type Share, type StoredVersion } from './share.ts';
import type { ShareAccess, ShareAsker } from './share-access.ts';
import { requireAudience } from './share-audience.ts';
import { requireEnd } from './share-ends.ts';
import { shareEnded, shareRefused } from './share-refusals.ts';
import type { ShareStore } from './share-store.ts';
import type { ShareTexts } from './share-texts.ts';
import { shareTitle } from './share-title.ts';
import type { SharedNotebooks } from './shared-notebooks.ts';

export interface ShareWriterOptions {
  readonly domain: () => Domain;
  /** What is looked for where the domain file says nothing. */
  readonly defaultRules: ScanRules;
  readonly store: ShareStore;
  readonly access: ShareAccess;
  readonly authorizeShare: AuthorizeShare;
  readonly texts: ShareTexts;
  readonly notebooks: SharedNotebooks;
  readonly tasks: NotebookTasks;
  readonly audit: ShareAudit;
  readonly limit: PersonalLimit;
  readonly clock: Clock;
}

/** What the studio of whoever shares gave. */
export type ShareSource =
  | { readonly kind: 'notebook'; readonly bytes: Uint8Array }
  /** Stopped on the sharer's side: the notebook did not leave the studio. */
  | { readonly kind: 'stopped'; readonly check: ShareCheck };

export interface SourceWish {
  readonly path: string;
  readonly includesOutputs: boolean;
  readonly rules: ScanRules;
  readonly maximumBytes: number;
}

/** Asks the studio; called only once everything that needs no notebook was found right. */
export type ReadSource = (wish: SourceWish) => Promise<ShareSource>;

type VersionOfShare = ShareVersionRequest & { readonly shareId: string };
type Written = Pick<ShareRequest, 'path' | 'includesOutputs' | 'acceptsWarnings'>;

/** Makes shares and further versions of them. */
export class ShareWriter {
  readonly #options: ShareWriterOptions;

  constructor(options: ShareWriterOptions) {
    this.#options = options;
  }

  /** Somebody is about to share. */
  prepare(): void {
    this.#options.tasks.warmUp();
  }

  /** Looked through, and nothing shared. @throws {StrongroomError} as `create` */
  async check(
    asker: ShareAsker,
    wish: Pick<Written, 'path' | 'includesOutputs'>,
    readSource: ReadSource,
  ): Promise<ShareCheck> {
    await this.#requireCreate(asker, noAudience, this.#options.clock());
    return this.#options.limit.run(asker.person.profileName, () => this.#look(wish, readSource));
  }

  async #look(
    wish: Pick<Written, 'path' | 'includesOutputs'>,
    readSource: ReadSource,
  ): Promise<ShareCheck> {
    const source = await readSource(this.#completed(wish));
    if (source.kind === 'stopped') return source.check;
    const checked = await this.#checked(source.bytes, wish.includesOutputs);
    return {
      findings: [...checked.findings],
      findingCount: checked.findingCount,
      isBlocked: checked.blockingCount > 0,
      sizeBytes: checked.bytes.byteLength,
      cellCount: checked.cellCount,
    };
  }

  /**
   * @throws {StrongroomError} `AccessDenied`, `InvalidRequest`, `NotANotebook`, `NotebookTooLarge`,
   *   `ShareBlocked`, `ShareNeedsConfirmation`, `KeyUnavailable`, `DiskFull`, what the studio refused
   */
  create(asker: ShareAsker, asked: ShareRequest, readSource: ReadSource): Promise<ShareId> {
    const { limit } = this.#options;
    return limit.run(asker.person.profileName, () => this.#create(asker, asked, readSource));
  }

  async #create(asker: ShareAsker, asked: ShareRequest, readSource: ReadSource): Promise<ShareId> {
    const { domain, clock, texts, notebooks, audit, store } = this.#options;
    const { person, actor } = asker;
    const createdAt = clock();
    const expiresAt = requireEnd(asked.expiresAt, { now: createdAt, sharing: domain().sharing });
    const audience = requireAudience(asked.audience, person.profileName, domain());
    await this.#requireCreate(asker, audience, expiresAt);
    const checked = await this.#read(asker, asked, readSource);
    const shareId = newShareId();
    const owner = person.profileName;
    const wrappedKey = await texts.createKey(shareId);
    const keyed = { shareId, wrappedKey };
    const version = await notebooks.write(person, { owner, shareId, version: 1 }, checked.bytes);
    const share: Share = {
      ...{ ...keyed, owner, title: shareTitle(asked.path), audience, createdAt, expiresAt },
      sealedSourcePath: await texts.seal(keyed, 'source-path', asked.path),
      ...{ revokedAt: undefined, revokedBy: undefined },
    };
    const { sizeBytes, ...stored } = await this.#describe(keyed, asked, { version, checked });
    const { findingCount } = checked;
    await audit.created(actor, share, { audience, expiresAt, sizeBytes, findingCount });
    await store.add(share, { ...stored, sizeBytes });
    return shareId;
  }

  /** @throws {StrongroomError} as `create`, and `ShareNotFound`, `ShareRevoked` */
  addVersion(asker: ShareAsker, asked: VersionOfShare, readSource: ReadSource): Promise<ShareId> {
    const { limit } = this.#options;
    return limit.run(asker.person.profileName, () => this.#addVersion(asker, asked, readSource));
  }

  async #addVersion(
    asker: ShareAsker,
    asked: VersionOfShare,
    readSource: ReadSource,
  ): Promise<ShareId> {
    const { access, store, notebooks, audit } = this.#options;
    const share = await access.requireManaged(asker, 'strongroom:UpdateShare', asked.shareId);
    const { shareId } = share;
    const state = await access.stateOf(share);
    if (state !== 'active') throw shareEnded(state, share);
    const checked = await this.#read(asker, asked, readSource);
    const next = ((await store.versions(shareId))[0]?.version ?? 0) + 1;
    const placed = { owner: share.owner, shareId, version: next };
    const version = await notebooks.write(asker.person, placed, checked.bytes);
    const stored = await this.#describe(share, asked, { version, checked });
    const { sizeBytes } = stored;
    const { findingCount } = checked;
    await audit.versionAdded(asker.actor, share, { version, sizeBytes, findingCount });
    await store.addVersion(shareId, stored);
    return shareId;
  }

  async #requireCreate({ person, actor }: ShareAsker, audience: ShareAudience, expiresAt: Date) {
    const { authorizeShare, audit } = this.#options;
    const action = 'strongroom:CreateShare';
    const about = { shareId: '*', owner: person.profileName, audience, expiresAt };
    const decision = authorizeShare(person, action, about);
    if (decision.allowed) return;
    await audit.refused(actor, undefined, { action, rule: decision.rule });
    throw shareRefused(decision, action);
  }

  #completed({ path, includesOutputs }: Pick<Written, 'path' | 'includesOutputs'>): SourceWish {
    const maximumBytes = this.#options.domain().sharing.maximumNotebookBytes;
    return { path, includesOutputs, rules: this.#rules(), maximumBytes };
  }

  #rules(): ScanRules {
    const { defaultRules, domain } = this.#options;
    return { ...defaultRules, ...domain().sharing.scan };
  }

  /** The verdict that counts is taken here, whatever the studio found. */
  async #checked(bytes: Uint8Array, includesOutputs: boolean): Promise<CheckedNotebook> {
    const { tasks, domain } = this.#options;
    const limit = domain().sharing.maximumNotebookBytes;
    if (bytes.byteLength > limit) throw tooLarge(limit);
    return tasks.check({ bytes, includesOutputs, rules: this.#rules() });
  }

  async #read(
    { actor }: ShareAsker,
    asked: Written,
    readSource: ReadSource,
  ): Promise<CheckedNotebook> {
    const { audit } = this.#options;
    const source = await readSource(this.#completed(asked));
    if (source.kind === 'stopped') {
      const { findings, findingCount } = source.check;
      await audit.blocked(actor, { rules: rulesOf(findings), findingCount, where: 'studio' });
      throw blocked(findings, findingCount);
    }
    const checked = await this.#checked(source.bytes, asked.includesOutputs);
    const { findings, findingCount, blockingCount } = checked;
    if (blockingCount > 0) {
      await audit.blocked(actor, { rules: rulesOf(findings), findingCount, where: 'platform' });
      throw blocked(findings, findingCount);
    }
    if (findingCount > 0 && !asked.acceptsWarnings) throw needsConfirmation(findings, findingCount);
    return checked;
  }

  async #describe(
    keyed: Pick<Share, 'shareId' | 'wrappedKey'>,
    { note, includesOutputs }: Pick<ShareRequest, 'note' | 'includesOutputs'>,
    { version, checked }: { readonly version: number; readonly checked: CheckedNotebook },
  ): Promise<StoredVersion> {
    const { texts, clock } = this.#options;
    const { bytes, cellCount, sha256 } = checked;
    return {
      ...{ version, createdAt: clock(), includesOutputs, cellCount, sha256 },
      sizeBytes: bytes.byteLength,
      sealedNote: note === '' ? undefined : await texts.seal(keyed, `note/${version}`, note),
    };
  }
}

const noAudience: ShareAudience = { everyone: false, teams: [], people: [] };

function rulesOf(findings: readonly ScanFinding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

function blocked(findings: readonly ScanFinding[], count: number): StrongroomError {
  const finding = findings.find(({ action }) => action === 'block') ?? findings[0];
  return new StrongroomError('ShareBlocked', `Cannot share this notebook: ${said(finding)}`, {
    remedy: 'Take it out of the notebook, clear the outputs that show it, and share again.',
    values: { ...placeOf(finding), count },
  });
}

function needsConfirmation(findings: readonly ScanFinding[], count: number): StrongroomError {
  const [finding] = findings;
  const message = `Cannot share this notebook without your word that it is meant: ${said(finding)}`;
  return new StrongroomError('ShareNeedsConfirmation', message, {
    values: { ...placeOf(finding), count },
  });
}

function said(finding: ScanFinding | undefined): string {
  if (finding === undefined) return 'something was found in it';
  const { rule, cellIndex, part, line } = finding;
  return `${rule} in line ${line} of the ${part} of cell ${cellIndex + 1}`;
}

function placeOf(finding: ScanFinding | undefined): Record<string, string | number> {
  if (finding === undefined) return {};
  const { rule, cellIndex, part, line, masked } = finding;
  return { rule, cell: cellIndex + 1, part, line, masked };
}

export function tooLarge(maximumBytes: number): StrongroomError {
  const limit = Math.floor(maximumBytes / 1024 ** 2);
  return new StrongroomError(
    'NotebookTooLarge',
    `Cannot share this notebook: it is larger than ${limit} MiB`,
    {
      remedy: 'Clear large outputs, save it and share again.',
      values: { maximumMebibytes: limit },
    },
  );
}
