import { type ShareCopy, StrongroomError } from '@strongroom/contracts';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { Studios } from '../studios/studios.ts';
import type { NotebookTasks } from './notebooks/notebook-tasks.ts';
import type { ShareAccess, ShareAsker } from './share-access.ts';
import { copyName } from './share-title.ts';
import type { ShareViews } from './share-views.ts';
import type { SharedNotebooks } from './shared-notebooks.ts';
import type { Shares } from './shares.ts';

export interface ShareCopiesOptions {
  readonly shares: Pick<Shares, 'requireVersion'>;
  readonly access: ShareAccess;
  readonly notebooks: Pick<SharedNotebooks, 'readWhole'>;
  readonly views: Pick<ShareViews, 'add'>;
  readonly tasks: Pick<NotebookTasks, 'addProvenance'>;
  readonly studios: Pick<Studios, 'writeNewFile'>;
  readonly audit: Pick<ShareAudit, 'copied'>;
  readonly clock: Clock;
  /** The console's own origin. */
  readonly consoleOrigin: string;
}

/** Copies of shared notebooks, each in the home of whoever asked for it. */
export class ShareCopies {
  readonly #options: ShareCopiesOptions;

  constructor(options: ShareCopiesOptions) {
    this.#options = options;
  }

  /**
   * @throws {StrongroomError} as reading the notebook; `DiskFull`, `FileRefused`, `SandboxUnavailable`
   */
  async copy(asker: ShareAsker, shareId: string, version: number): Promise<ShareCopy> {
    const { shares, access, notebooks, views, tasks, studios, audit, clock } = this.#options;
    const { person, actor } = asker;
    const share = await access.requireContent(asker, 'strongroom:GetShare', shareId);
    await shares.requireVersion(share, version);
    requireHome(person.role);
    const stored = await notebooks.readWhole(person, share, version);
    const marked = await tasks.addProvenance(stored, {
      ...{ sharedBy: share.owner, shareId: share.shareId, version },
      copiedAt: clock().toISOString(),
    });
    // Before it is in the home; it may have been revoked while it was read.
    await access.requireContent(asker, 'strongroom:GetShare', shareId);
    await audit.copied(actor, share, version);
    const path = await studios.writeNewFile(person, copyName(share.title), marked);
    const { profileName } = person;
    if (profileName !== share.owner) {
      await views.add(share.shareId, { profileName, version, kind: 'copied' });
    }
    const { consoleOrigin } = this.#options;
    const query = new URLSearchParams({ open: path });
    return { path, openUrl: `${consoleOrigin}/launch/${profileName}?${query}` };
  }
}

/** @throws {StrongroomError} `FileRefused`: an auditor has no studio, and so no home */
function requireHome(role: string): void {
  if (role !== 'auditor') return;
  throw new StrongroomError('FileRefused', 'Cannot copy this: you have no studio');
}
