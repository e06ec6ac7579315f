import type { ShareAudience, ShareId, ShareRequest } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import { IdentityEvents } from '../../identity/identity-events.ts';
import type { Person } from '../../identity/person.ts';
import { openTestStorage } from '../../objects/testing/test-storage.ts';
import { domainWith } from '../../policies/testing/authorize-for.ts';
import { openState } from '../../state/database.ts';
import { movableClock } from '../../studios/testing/movable-clock.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import type { ShareAsker } from '../share-access.ts';
import type { ReadSource, SourceWish } from '../share-writer.ts';
import { notebookBytes, openTestSharing } from './open-test-sharing.ts';

export type SharingBench = Awaited<ReturnType<typeof openSharingBench>>;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Alice and bob of one team, paula of another, an administrator and an auditor, and real sharing. */
export async function openSharingBench() {
  const state = await openState(':memory:');
  const { clock, advance } = movableClock();
  const createdAt = new Date(Date.now() - dayMilliseconds);
  const people = new Map<string, Person>(
    [
      newPerson('alice', 1, { team: 'risk-models', createdAt }),
      newPerson('bob', 2, { team: 'risk-models', createdAt }),
      newPerson('paula', 3, { team: 'platform', createdAt }),
      newPerson('admin', 4, { team: 'platform', role: 'administrator', createdAt }),
      newPerson('otto', 5, { team: 'platform', role: 'auditor', createdAt }),
    ].map((each) => [each.profileName, each]),
  );
  const own: { policies: readonly RenderedPolicy[] } = { policies: [] };
  const domain = { made: domainWith(() => people.values())() };
  const directory = {
    find: async (name: string) => people.get(name),
    list: async () => [...people.values()],
  };
  const events = new IdentityEvents();
  const audit = new CollectedAudit();
  const current = () => domain.made;
  const storage = await openTestStorage({
    ...{ domain: current, people: directory, state, clock, own: () => own.policies },
  });
  const open = () =>
    openTestSharing({
      ...{ domain: current, people: directory, state, storage, events, clock, audit: audit.log },
    });
  let sharing = await open();

  const bench = {
    ...{ state, storage, people, own, events, audit, advance, clock, domain },
    get shares() {
      return sharing.shares;
    },
    get comments() {
      return sharing.comments;
    },
    get writer() {
      return sharing.writer;
    },
    copiesInto: (studios: Parameters<typeof sharing.copiesInto>[0]) => sharing.copiesInto(studios),

    as(name: string): ShareAsker {
      const person = people.get(name);
      if (person === undefined) throw new Error(`Nobody is called ${name}`);
      const { profileName } = person;
      return { person, actor: { profileName, remoteAddress: '127.0.0.1', reference: 'r' } };
    },

    /** One that alice shared, with bob unless the test says otherwise. */
    async share(
      change: Partial<ShareRequest> = {},
      bytes: Uint8Array = notebookBytes(),
    ): Promise<ShareId> {
      const asked = { ...shareRequest(clock()), ...change };
      return sharing.writer.create(bench.as('alice'), asked, sourceOf(bytes));
    },

    /** What one version holds, as text. */
    async read(name: string, shareId: string, version = 1): Promise<string> {
      const { found } = await sharing.shares.readNotebook(bench.as(name), shareId, version);
      const chunks: Buffer[] = [];
      for await (const chunk of found.stream) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    },

    /** As after a restart of the control plane. */
    async reopen() {
      await sharing.close();
      sharing = await open();
    },

    async close() {
      await sharing.close();
      await storage.close();
      await state.destroy();
    },
  };
  return bench;
}

export function audienceOf(change: Partial<ShareAudience> = {}): ShareAudience {
  return { everyone: false, teams: [], people: [], ...change };
}

/** `bob` may see it for a week. */
export function shareRequest(now: Date): ShareRequest {
  return {
    ...{ path: 'work/rates.ipynb', includesOutputs: true, note: 'Look at cell 3' },
    audience: audienceOf({ people: ['bob' as never] }),
    expiresAt: new Date(now.getTime() + 7 * dayMilliseconds).toISOString(),
    acceptsWarnings: false,
  };
}

/** A studio that gives these bytes; what it was asked for is kept. */
export function sourceOf(bytes: Uint8Array, wishes: SourceWish[] = []): ReadSource {
  return async (wish) => {
    wishes.push(wish);
    return { kind: 'notebook', bytes: Uint8Array.from(bytes) };
  };
}
