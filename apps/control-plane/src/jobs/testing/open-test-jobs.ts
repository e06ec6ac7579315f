import type { JobDefinition } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import { Closers } from '../../closers.ts';
import type { IdentityEvents } from '../../identity/identity-events.ts';
import type { People } from '../../identity/people.ts';
import type { TestStorage } from '../../objects/testing/test-storage.ts';
import type { Authorize } from '../../policies/access-request.ts';
import type { State } from '../../state/database.ts';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { composeJobs } from '../compose-jobs.ts';
import { NotebookStudios } from './notebook-studios.ts';

/** Jobs on real keys, storage and policies, in studios whose agents do as the test says. */
export async function openTestJobs(options: {
  readonly domain: () => Domain;
  readonly state: State;
  readonly storage: TestStorage;
  readonly people: Pick<People, 'find'>;
  readonly events: IdentityEvents;
  readonly authorize: Authorize;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly studios?: NotebookStudios;
}) {
  const { storage, studios = new NotebookStudios(), ...rest } = options;
  const closers = new Closers();
  const composed = await composeJobs({
    ...{ ...rest, studios, storage: storage.access, keys: storage.keys, closers },
    images: { defaultKernelName: (name) => (name === 'host-python' ? 'python3' : undefined) },
    log: collectLog(),
  });
  return { ...composed, studios, close: () => closers.close() };
}

export function jobDefinition(change: Partial<JobDefinition> = {}): JobDefinition {
  return {
    ...{ name: 'Rates', notebookPath: 'work/rates.ipynb', parameters: { year: 2026 } },
    ...{ kernelName: null, imageName: null, instanceType: null, maximumRetries: 0 },
    ...{ output: { kind: 'home', folder: 'out' }, maximumMinutes: 60 },
    ...change,
  };
}
