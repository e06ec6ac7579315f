import type { Domain } from '@strongroom/domain';
import type { KeyService } from '@strongroom/sealing';
import type { Closers } from '../closers.ts';
import type { IdentityEvents } from '../identity/identity-events.ts';
import { ensureKey } from '../keys/compose-keys.ts';
import { dataKeyAlias } from '../objects/open-object-store.ts';
import type { State } from '../state/database.ts';
import { JobAccess } from './job-access.ts';
import type { JobRunnerOptions } from './job-runner.ts';
import { JobSeals } from './job-seals.ts';
import { JobStore } from './job-store.ts';
import { Jobs } from './jobs.ts';
import { ScheduleStore } from './schedule-store.ts';
import { Schedules } from './schedules.ts';

export interface ComposeJobsOptions extends JobRunnerOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly keys: KeyService;
  readonly events: IdentityEvents;
  readonly closers: Closers;
}

export interface ComposedJobs {
  readonly access: JobAccess;
  readonly jobs: Jobs;
  /** What the clock brings about, now and not at its next turn. Never rejects. */
  tick(): Promise<void>;
}

const tickMilliseconds = 5_000;

/** Notebooks that run without a page; after the studios, which end after them. */
export async function composeJobs(options: ComposeJobsOptions): Promise<ComposedJobs> {
  const { domain, state, keys, events, closers, log } = options;
  // Where the objects are in another S3, under its own key, this one is not there yet.
  const description = 'Seals what people ask of jobs and what these print';
  await ensureKey(keys, { alias: dataKeyAlias, description, domain: domain() });
  const seals = new JobSeals({ keys, keyReference: dataKeyAlias });
  closers.add(() => seals.close());
  const jobs = new Jobs({ ...options, store: new JobStore(state, seals) });
  const schedules = new Schedules({ ...options, jobs, store: new ScheduleStore(state, seals) });
  const access = new JobAccess({ ...options, jobs, schedules });

  const inBackground = (profileName: string, work: Promise<void>) => {
    work.catch((error: unknown) => {
      log.error({ profileName, err: error }, 'Cannot end the jobs of a person');
    });
  };
  events.on('disabled', ({ profileName }) => {
    inBackground(profileName, schedules.disableAllOf(profileName));
    inBackground(profileName, jobs.cancelAllOf(profileName));
  });
  events.on('removed', ({ profileName }) => {
    inBackground(profileName, schedules.removeAllOf(profileName));
    inBackground(profileName, jobs.forgetAllOf(profileName));
  });

  let turn: Promise<void> = Promise.resolve();
  const tick = () => {
    turn = turn
      .then(() => jobs.tick())
      .then(() => schedules.tick())
      .catch((error: unknown) => log.error({ err: error }, 'Cannot look after jobs'));
    return turn;
  };
  const ticking = setInterval(() => void tick(), tickMilliseconds);
  closers.add(async () => {
    clearInterval(ticking);
    await turn;
    await jobs.close();
  });
  void tick();
  return { access, jobs, tick };
}
