import type { EgressRequest, EgressRequestInput, ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../identity/person.ts';
import { domainWith } from '../../policies/testing/authorize-for.ts';
import { openState } from '../../state/database.ts';
import { newPerson } from '../../studios/testing/test-people.ts';
import { EgressRequests } from './egress-requests.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const hour = 3_600_000;
const lists = [
  { name: 'packages', description: undefined, names: ['pypi.org', '*.pypi.org'], ports: [443] },
];

let now: number;
let people: Map<string, Person>;
let state: Awaited<ReturnType<typeof openState>>;
let opened: EgressRequests[];
let egress: EgressRequests;

beforeEach(async () => {
  now = start;
  people = new Map(
    ['alice', 'bob', 'admin', 'second'].map((name, index) => [name, personCalled(name, index)]),
  );
  state = await openState(':memory:');
  opened = [];
  egress = await open();
});
afterEach(async () => {
  for (const each of opened) each.close();
  await state.destroy();
});

function personCalled(name: string, index: number): Person {
  return newPerson(name, index, { createdAt: new Date(now) });
}

async function open(): Promise<EgressRequests> {
  const domain = domainWith(() => people.values());
  const requests = await EgressRequests.open({
    ...{ state, clock: () => new Date(now) },
    people: { find: async (name: string) => people.get(name) },
    domain: () => ({
      ...domain(),
      egress: { ...domain().egress, maximumHours: 24, allowLists: lists },
    }),
  });
  opened.push(requests);
  return requests;
}

function by(name: string): Person {
  const person = people.get(name);
  if (person === undefined) throw new Error(`Nobody is called ${name}`);
  return person;
}

function about(name: string, change: Partial<EgressRequestInput> = {}): EgressRequestInput {
  return {
    subject: { kind: 'person', profileName: name as ProfileName },
    ...{ mode: 'allow-list', allowLists: [], names: ['pypi.org'], ports: [443] },
    reason: 'Packages for a model',
    endsAt: new Date(now + hour).toISOString(),
    ...change,
  };
}

const stateOf = ({ requestId }: EgressRequest) => egress.find(requestId).state;
const mayReach = (name: string) =>
  egress.rules.decide(by(name), { name: 'pypi.org', port: 443 }).allowed;

describe('a request for access', () => {
  it('opens nothing before somebody else approves it', async () => {
    const request = await egress.request(by('alice'), about('alice'));
    expect(mayReach('alice')).toBe(false);
    await egress.decide(by('admin'), request.requestId, 'Approved');
    expect(mayReach('alice')).toBe(true);
    expect(mayReach('bob')).toBe(false);
  });

  it('is approved neither by who asked nor by whom it is about', async () => {
    const asked = await egress.request(by('admin'), about('bob'));
    await expect(egress.decide(by('admin'), asked.requestId, 'Approved')).rejects.toMatchObject({
      code: 'EgressOwnRequest',
    });
    const meant = await egress.request(by('second'), about('admin'));
    await expect(egress.decide(by('admin'), meant.requestId, 'Approved')).rejects.toMatchObject({
      code: 'EgressOwnRequest',
    });
    expect([asked, meant].map(stateOf)).toEqual(['Pending', 'Pending']);
    await egress.decide(by('admin'), meant.requestId, 'Refused');
    expect(stateOf(meant)).toBe('Refused');
  });

  it('is decided once', async () => {
    const { requestId } = await egress.request(by('alice'), about('alice'));
    const both = await Promise.allSettled([
      egress.decide(by('admin'), requestId, 'Approved'),
      egress.decide(by('second'), requestId, 'Refused'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('holds what the allow-lists said when it was made', async () => {
    const request = await egress.request(
      by('alice'),
      about('alice', { names: [], allowLists: ['packages'] }),
    );
    expect(request.destinations).toEqual([
      { list: 'packages', names: ['pypi.org', '*.pypi.org'], ports: [443] },
    ]);
  });

  it.each([
    ['an end in the past', () => ({ endsAt: new Date(now).toISOString() })],
    ['an end too far away', () => ({ endsAt: new Date(now + 24 * hour + 1).toISOString() })],
    ['nothing named', () => ({ names: [] })],
    ['no port', () => ({ ports: [] })],
    ['a list that is not there', () => ({ allowLists: ['other'] })],
    ['a team that is not there', () => ({ subject: { kind: 'team', team: 'other' } as const })],
  ])('is refused with %s', async (_, change) => {
    await expect(egress.request(by('alice'), about('alice', change()))).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
    expect(egress.list()).toEqual([]);
  });

  it('may last exactly as long as the domain file says', async () => {
    const endsAt = new Date(now + 24 * hour).toISOString();
    await expect(egress.request(by('alice'), about('alice', { endsAt }))).resolves.toBeDefined();
  });
});

describe('the end of a request', () => {
  it('comes by itself, whether it was approved or not', async () => {
    const expired: string[] = [];
    egress.on('expired', ({ requestId }) => expired.push(requestId));
    const pending = await egress.request(by('bob'), about('bob'));
    const request = await egress.request(by('alice'), about('alice'));
    await egress.decide(by('admin'), request.requestId, 'Approved');
    now += hour;
    expect(mayReach('alice')).toBe(false);
    await egress.expireOverdue();
    expect([pending, request].map(stateOf)).toEqual(['Expired', 'Expired']);
    expect(expired.sort()).toEqual([pending.requestId, request.requestId].sort());
    await expect(egress.decide(by('admin'), pending.requestId, 'Approved')).rejects.toMatchObject({
      code: 'EgressNotPending',
    });
  });

  it('comes also for one that is decided too late', async () => {
    const { requestId } = await egress.request(by('alice'), about('alice'));
    now += hour;
    await expect(egress.decide(by('admin'), requestId, 'Approved')).rejects.toMatchObject({
      code: 'EgressNotPending',
    });
    expect(mayReach('alice')).toBe(false);
  });

  it('is remembered by whoever opens the requests again', async () => {
    const request = await egress.request(by('alice'), about('alice'));
    await egress.decide(by('admin'), request.requestId, 'Approved');
    egress = await open();
    expect(mayReach('alice')).toBe(true);
    await egress.end(by('alice'), request.requestId);
    egress = await open();
    expect(mayReach('alice')).toBe(false);
  });
});

describe('the requests of a person who is removed', () => {
  async function approvedAndPending() {
    const request = await egress.request(by('alice'), about('alice'));
    await egress.decide(by('admin'), request.requestId, 'Approved');
    const others = await egress.request(by('bob'), about('bob'));
    await egress.decide(by('admin'), others.requestId, 'Approved');
    const pendingAbout = await egress.request(by('second'), about('alice'));
    const pendingBy = await egress.request(by('alice'), about('bob'));
    return { request, others, pendingAbout, pendingBy };
  }

  it('end, approved ones too, so that a new person of that name begins with nothing', async () => {
    const { request, others, pendingAbout, pendingBy } = await approvedAndPending();
    const orphaned: string[] = [];
    egress.on('orphaned', ({ requestId }) => orphaned.push(requestId));
    people.delete('alice');
    await egress.endOrphaned();
    people.set('alice', personCalled('alice', 9));
    expect(mayReach('alice')).toBe(false);
    expect([request, pendingAbout, pendingBy].map(stateOf)).toEqual([
      ...['Ended', 'Withdrawn', 'Withdrawn'],
    ]);
    expect(orphaned).toHaveLength(3);
    expect(stateOf(others)).toBe('Approved');
    expect(mayReach('bob')).toBe(true);
  });

  it('end also where they were removed, and hired anew, while nothing ran', async () => {
    const { request, others } = await approvedAndPending();
    now += 1_000;
    people.set('alice', personCalled('alice', 9));
    egress = await open();
    await egress.endOrphaned();
    expect(mayReach('alice')).toBe(false);
    expect(stateOf(request)).toBe('Ended');
    expect(stateOf(others)).toBe('Approved');
  });
});
