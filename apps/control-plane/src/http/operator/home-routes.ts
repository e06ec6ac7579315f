import {
  createSnapshotRequestSchema,
  profileNameSchema,
  restoreSnapshotRequestSchema,
  StrongroomError,
} from '@strongroom/contracts';
import type { Actor, AuditLog } from '../../audit/audit-log.ts';
import type { HomeSnapshots } from '../../homes/home-snapshots.ts';
import type { People } from '../../identity/people.ts';
import type { Studios } from '../../studios/studios.ts';
import { parse } from '../console/parse-request.ts';
import type { OperatorRoute } from './operator-socket.ts';

export interface HomeRouteServices {
  readonly people: Pick<People, 'find'>;
  readonly studios: Pick<Studios, 'endStudio'>;
  readonly snapshots: Pick<HomeSnapshots, 'create' | 'list' | 'restore' | 'delete'>;
  readonly audit: Pick<AuditLog, 'homeSnapshotCreated' | 'homeSnapshotDeleted' | 'homeRestored'>;
}

const stopReason = 'The operator takes a snapshot of the home';

/** `strongroom homes …` */
export function homeRoutes(
  { people, studios, snapshots, audit }: HomeRouteServices,
  operator: (reference: string) => Actor,
): OperatorRoute[] {
  async function personOf(name: string | undefined) {
    const parsed = profileNameSchema.safeParse(name);
    const person = parsed.success ? await people.find(parsed.data) : undefined;
    if (person !== undefined) return person;
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${name}"`);
  }

  return [
    {
      pattern: /^GET \/homes\/([^/?]+)\/snapshots$/,
      answer: async ({ match: [, name] }) => {
        const { profileName } = await personOf(name);
        return { snapshots: await snapshots.list(profileName) };
      },
    },
    {
      pattern: /^POST \/homes\/([^/?]+)\/snapshots$/,
      async answer({ match: [, name], body, reference }) {
        const { stopStudio } = parse(body, createSnapshotRequestSchema);
        const person = await personOf(name);
        const { profileName } = person;
        if (stopStudio) await studios.endStudio(profileName, stopReason);
        const snapshot = await snapshots.create(person);
        await audit.homeSnapshotCreated(operator(reference), profileName, snapshot.snapshotId);
        return snapshot;
      },
    },
    {
      pattern: /^POST \/homes\/([^/?]+)\/snapshots\/([^/?]+)\/restore$/,
      async answer({ match: [, name, snapshotId = ''], body, reference }) {
        const { target } = parse(body, restoreSnapshotRequestSchema);
        const person = await personOf(name);
        await audit.homeRestored(operator(reference), person.profileName, snapshotId);
        await snapshots.restore(person, snapshotId, target);
        return { target };
      },
    },
    {
      pattern: /^DELETE \/homes\/([^/?]+)\/snapshots\/([^/?]+)$/,
      async answer({ match: [, name, snapshotId = ''], reference }) {
        const { profileName } = await personOf(name);
        await audit.homeSnapshotDeleted(operator(reference), profileName, snapshotId);
        await snapshots.delete(profileName, snapshotId);
        return {};
      },
    },
  ];
}
