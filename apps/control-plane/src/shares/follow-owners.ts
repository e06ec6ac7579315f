import type { ProfileName } from '@strongroom/contracts';
import { noActor } from '../audit/audit-writer.ts';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { Clock } from '../clock.ts';
import type { IdentityEventMap, IdentityEvents } from '../identity/identity-events.ts';
import type { People } from '../identity/people.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { isLaterOwner } from './share-access.ts';
import type { ShareStore } from './share-store.ts';

export interface FollowOwnersOptions {
  readonly store: ShareStore;
  readonly people: Pick<People, 'find'>;
  /** Listened to: disabled, removed. */
  readonly events: IdentityEvents;
  readonly audit: Pick<ShareAudit, 'ended'>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

type Why = Parameters<ShareAudit['ended']>[2];

/**
 * Shares end with their owner's profile, for good: what comes back under the same name is somebody
 * else's. Whoever is removed is also in nobody's audience any more.
 *
 * @returns what ends the following
 */
export async function followOwners(options: FollowOwnersOptions): Promise<() => void> {
  const { events, log } = options;
  await endOrphans(options);
  const inBackground = (profileName: ProfileName, why: Why) => {
    const work = endOf(options, profileName, why);
    work.catch((error: unknown) => log.error({ profileName, err: error }, 'Cannot end shares'));
  };
  const onDisabled = ({ profileName }: IdentityEventMap['disabled'][0]) =>
    inBackground(profileName, 'owner-disabled');
  const onRemoved = ({ profileName }: IdentityEventMap['removed'][0]) =>
    inBackground(profileName, 'owner-removed');
  events.on('disabled', onDisabled);
  events.on('removed', onRemoved);
  return () => {
    events.off('disabled', onDisabled);
    events.off('removed', onRemoved);
  };
}

async function endOf(options: FollowOwnersOptions, profileName: ProfileName, why: Why) {
  const { store, audit, clock } = options;
  const now = clock();
  for (const share of await store.activeShares(now)) {
    const { shareId, owner, audience } = share;
    if (owner === profileName) {
      audit.ended(noActor, share, why);
      await store.revoke(shareId, undefined, now);
    } else if (why === 'owner-removed' && audience.people.includes(profileName)) {
      const people = audience.people.filter((name) => name !== profileName);
      await store.changeAudience(shareId, { ...audience, people });
    }
  }
}

/** Somebody may have been taken out of the domain file while nothing ran. */
async function endOrphans({ store, people, audit, clock }: FollowOwnersOptions): Promise<void> {
  const now = clock();
  for (const share of await store.activeShares(now)) {
    const owner = await people.find(share.owner);
    const isGone = owner === undefined || isLaterOwner(owner, share);
    if (!isGone && !owner.disabled) continue;
    audit.ended(noActor, share, isGone ? 'owner-removed' : 'owner-disabled');
    await store.revoke(share.shareId, undefined, now);
  }
}
