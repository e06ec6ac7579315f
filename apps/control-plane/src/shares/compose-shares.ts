import type { Domain } from '@strongroom/domain';
import type { KeyService } from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import { dataKeyAlias } from '../objects/open-object-store.ts';
import type { StorageAccess } from '../objects/storage-access.ts';
import { createAuthorizeShare } from '../policies/authorize-share.ts';
import type { PolicyBook } from '../policies/policy-book.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { CommentStore } from './comment-store.ts';
import { followOwners } from './follow-owners.ts';
import type { ScanRules } from './notebooks/check-notebook.ts';
import type { NotebookTasks } from './notebooks/notebook-tasks.ts';
import { PersonalLimit } from './personal-limit.ts';
import { ShareAccess } from './share-access.ts';
import { ShareComments } from './share-comments.ts';
import { ShareCopies, type ShareCopiesOptions } from './share-copies.ts';
import { ShareStore } from './share-store.ts';
import { ShareTexts } from './share-texts.ts';
import { ShareViews } from './share-views.ts';
import { ShareWriter } from './share-writer.ts';
import { SharedNotebooks } from './shared-notebooks.ts';
import { Shares } from './shares.ts';

export interface ComposeSharesOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly keys: KeyService;
  readonly storage: StorageAccess;
  readonly people: People;
  readonly events: IdentityEvents;
  readonly book: PolicyBook;
  readonly audit: Pick<AuditLog, 'shares'>;
  readonly origins: { readonly console: string; readonly viewer: string };
  readonly tasks: NotebookTasks;
  readonly defaultRules: ScanRules;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

/** Notebooks of one person on their way in or out. */
const maximumAtOnce = 2;

/** Read-only sharing of notebooks. */
export async function composeShares(options: ComposeSharesOptions) {
  const { domain, state, keys, storage, people, book, clock, closers, tasks } = options;
  const audit = options.audit.shares;
  // Where the objects are in another S3, under its own key, this one is not there yet.
  const description = 'Seals what people write about shared notebooks';
  await ensureKey(keys, { alias: dataKeyAlias, description, domain: domain() });
  const store = new ShareStore(state);
  const views = new ShareViews({ state, people, clock });
  const authorizeShare = createAuthorizeShare({ domain, book, clock });
  const access = new ShareAccess({ store, views, people, authorizeShare, audit, clock });
  const texts = new ShareTexts({ keys, keyReference: dataKeyAlias });
  closers.add(async () => texts.close());
  const notebooks = new SharedNotebooks({
    ...{ storage, bucket: () => domain().sharing.bucket, keyName: () => keyNameOf(domain()) },
  });
  closers.add(() => tasks.close());
  const { events, log, origins, defaultRules } = options;
  const stopFollowing = await followOwners({ store, people, events, audit, clock, log });
  closers.add(async () => stopFollowing());
  const limit = new PersonalLimit(maximumAtOnce);
  const parts = { limit, domain, store, access, texts, notebooks, audit, clock };
  const shares = new Shares({ ...parts, views, people, origins });
  return {
    shares,
    writer: new ShareWriter({ ...parts, authorizeShare, tasks, defaultRules }),
    comments: new ShareComments({ ...parts, comments: new CommentStore(state), people }),
    /** Once there are studios: they are made after what their gateway shares with. */
    copiesInto: (studios: ShareCopiesOptions['studios']) =>
      new ShareCopies({
        ...{ ...parts, shares, views, tasks, studios, consoleOrigin: origins.console },
      }),
  };
}

function keyNameOf({ objects: { store } }: Domain): string {
  return store.kind === 's3' ? store.kmsKey : dataKeyAlias;
}
