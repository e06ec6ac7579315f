import type { AuditLog } from '../../audit/audit-log.ts';
import type { IdentityEvents } from '../../identity/identity-events.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { EgressRequests } from './egress-requests.ts';

export interface FollowEgressOptions {
  readonly egress: EgressRequests;
  /** Listened to: removed. */
  readonly events: IdentityEvents;
  readonly audit: Pick<AuditLog, 'egressExpired' | 'egressOrphaned'>;
  readonly log: StudioLog;
}

/** Ends what time and people who are gone leave behind, now and from now on, and has it recorded. */
export async function followEgress(options: FollowEgressOptions): Promise<void> {
  const { egress, events, audit, log } = options;
  egress.on('expired', (request) => audit.egressExpired(request));
  egress.on('orphaned', (request) => audit.egressOrphaned(request));
  events.on('removed', () => {
    egress.endOrphaned().catch((error: unknown) => {
      log.error({ err: error }, 'Cannot end the internet access of somebody who is gone');
    });
  });
  await egress.expireOverdue();
  // People may have been removed from the domain file while nothing ran.
  await egress.endOrphaned();
}
