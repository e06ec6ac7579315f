import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Domain, RenderedPolicy } from '@strongroom/domain';
import { pino } from 'pino';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import { Closers } from '../../closers.ts';
import type { People } from '../../identity/people.ts';
import { composeKeys } from '../../keys/compose-keys.ts';
import { TemporaryCredentials } from '../../network/credentials/temporary-credentials.ts';
import { createAuthorizeKeyUse } from '../../policies/authorize-key-use.ts';
import { PolicyBook } from '../../policies/policy-book.ts';
import type { State } from '../../state/database.ts';
import { composeObjects } from '../compose-objects.ts';
import { openObjectKeys } from '../open-object-store.ts';

export type TestStorage = Awaited<ReturnType<typeof openTestStorage>>;

/** Real keys and a real store in a folder of their own, with the policies of that domain. */
export async function openTestStorage(options: {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find' | 'list'>;
  readonly state: State;
  readonly clock: Clock;
  readonly own?: () => readonly RenderedPolicy[];
}) {
  const { people, state, clock, own = () => noOwn } = options;
  const dataFolder = await mkdtemp(join(tmpdir(), 'strongroom-storage-'));
  const domain = placedIn(dataFolder, options.domain);
  const closers = new Closers();
  const uses: string[] = [];
  const refusedCalls: Parameters<AuditLog['endpointCallDenied']>[] = [];
  const keys = await composeKeys({
    ...{ domain: domain(), clock },
    audit: { keyUsed: async ({ action, outcome }) => void uses.push(`${action} ${outcome}`) },
    authorize: createAuthorizeKeyUse({ domain, book: () => book, clock }),
  });
  closers.add(() => keys.close());
  const objectKeys = await openObjectKeys(domain(), keys);
  const book: PolicyBook = new PolicyBook(domain, own, () => objectKeys);
  const credentials = await TemporaryCredentials.open({ state, clock, dataFolder });
  const objects = await composeObjects({
    ...{ domain, keys, objectKeys, people, book, credentials, clock, closers },
    audit: { endpointCallDenied: async (...refused) => void refusedCalls.push(refused) },
    log: pino({ level: 'silent' }),
  });
  return {
    ...{ ...objects, keys, objectKeys, book, credentials, dataFolder, uses, refusedCalls },
    async close() {
      await closers.close();
      await rm(dataFolder, { recursive: true });
    },
  };
}

const noOwn: readonly RenderedPolicy[] = [];

/** The same domain, with its files here. The same object for as long as the domain is the same. */
function placedIn(dataFolder: string, domain: () => Domain): () => Domain {
  let known: { from: Domain; placed: Domain } | undefined;
  return () => {
    const from = domain();
    if (known?.from !== from) known = { from, placed: { ...from, dataFolder } };
    return known.placed;
  };
}
