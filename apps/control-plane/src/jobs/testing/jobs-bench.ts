import type { Job, JobDefinition } from '@strongroom/contracts';
import { expect } from 'vitest';
import { CollectedAudit } from '../../audit/testing/collected-audit.ts';
import { IdentityEvents } from '../../identity/identity-events.ts';
import type { Person } from '../../identity/person.ts';
import { openTestStorage } from '../../objects/testing/test-storage.ts';
import { authorizeFor, domainWith } from '../../policies/testing/authorize-for.ts';
import { openState } from '../../state/database.ts';
import { movableClock } from '../../studios/testing/movable-clock.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { NotebookStudios } from './notebook-studios.ts';
import { jobDefinition, openTestJobs } from './open-test-jobs.ts';

export const minute = 60_000;
export const completed = { notice: 'notebookEnded', outcome: 'completed', failure: null } as const;

/** The keys and buckets of a file of tests: they take their time, and are the same after each. */
export async function openJobsStorage() {
  const people = new Map<string, Person>();
  const list = () => people.values();
  const state = await openState(':memory:');
  const storage = await openTestStorage({
    ...{ domain: domainWith(list), state, own: () => [] },
    ...{ people: { find: async (name) => people.get(name), list: async () => [...list()] } },
    clock: () => new Date(),
  });
  const close = async () => {
    await storage.close();
    await state.destroy();
  };
  return { people, storage, close };
}

export type JobsStorage = Awaited<ReturnType<typeof openJobsStorage>>;

/** The jobs of alice and bob, who are of one team, and of an administrator. */
export async function openJobsBench({ people, storage }: JobsStorage) {
  const list = () => people.values();
  const state = await openState(':memory:');
  const time = movableClock();
  const audit = new CollectedAudit();
  const events = new IdentityEvents();
  people.clear();
  for (const [index, name] of ['alice', 'bob'].entries()) {
    people.set(name, newPerson(name, index, { team: 'risk-models' }));
  }
  people.set('admin', newPerson('admin', 3, { role: 'administrator' }));

  const open = async () => {
    const opened = await openTestJobs({
      ...{ domain: domainWith(list), state, storage, events, audit: audit.log },
      ...{ people: { find: async (name) => people.get(name) }, clock: time.clock },
      ...{ authorize: authorizeFor(list, { clock: time.clock }), studios: new NotebookStudios() },
    });
    await opened.tick();
    return opened;
  };
  let running = await open();

  const askerOf = (name: string) => {
    const person = people.get(name) ?? expect.fail(`Nobody is called ${name}`);
    const actor = { profileName: person.profileName, remoteAddress: undefined, reference: '-' };
    return { person, actor };
  };
  const find = ({ jobId }: Pick<Job, 'jobId'>) => running.jobs.find(jobId);
  return {
    ...{ state, storage, people, time, audit, events, askerOf, find },
    // Of the control plane that runs now.
    get access() {
      return running.access;
    },
    get jobs() {
      return running.jobs;
    },
    get studios() {
      return running.studios;
    },
    create: (change: Partial<JobDefinition> = {}, name = 'alice') =>
      running.access.create(askerOf(name), jobDefinition(change)),
    until: (job: Pick<Job, 'jobId'>, expected: object) =>
      expect.poll(() => find(job)).toMatchObject(expected),
    /** So much time, and one tick at its end. */
    async pass(milliseconds: number) {
      time.advance(milliseconds);
      await running.tick();
    },
    /** The control plane ends, and begins anew after so much time. */
    async restart(milliseconds = 0) {
      await running.close();
      time.advance(milliseconds);
      running = await open();
    },
    async close() {
      await running.close();
      await state.destroy();
    },
  };
}

export type JobsBench = Awaited<ReturnType<typeof openJobsBench>>;
