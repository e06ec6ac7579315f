import type { AuditLog } from '../audit/audit-log.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { OwnDocuments } from './own-documents.ts';

/** Something that holds what a policy allowed, and can ask whether it still does. */
interface Reviewed {
  review(): Promise<void>;
}

export interface WatchDocumentsOptions {
  readonly ownDocuments: Pick<OwnDocuments, 'watch'>;
  readonly audit: Pick<AuditLog, 'policyChanged' | 'policyRefused'>;
  readonly reviewed: readonly Reviewed[];
  readonly log: StudioLog;
}

/** What a changed document no longer allows ends as it comes in force, and not at the next turn. */
export function watchDocuments(options: WatchDocumentsOptions): void {
  const { ownDocuments, audit, reviewed, log } = options;
  ownDocuments.watch({
    beforeChange: (file, sha256) => audit.policyChanged(file, sha256),
    onChanged() {
      for (const each of reviewed) {
        each.review().catch((error: unknown) => {
          log.error({ err: error }, 'Cannot review what is open');
        });
      }
    },
    onRefused: (file, problem) => audit.policyRefused(file, problem),
  });
}
