import type { EgressDestination, EgressRequest, ProfileName } from '@strongroom/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { EgressView } from './egress-view.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
const alice = { profileName: 'alice' as ProfileName, team: 'risk' };
const bob = { profileName: 'bob' as ProfileName, team: 'risk' };
const carol = { profileName: 'carol' as ProfileName, team: 'markets' };

let now: number;
let view: EgressView;
beforeEach(() => {
  now = start;
  view = new EgressView(() => new Date(now));
});

function destination(names: string[], ports = [443], list: string | null = null) {
  return { list, names, ports } satisfies EgressDestination;
}

function approved(change: Partial<EgressRequest> = {}): EgressRequest {
  return {
    ...{ requestId: 'r1', subject: { kind: 'person', profileName: alice.profileName } },
    ...{ mode: 'allow-list', destinations: [destination(['pypi.org'])] },
    ...{ reason: 'Packages for a model', requestedBy: alice.profileName },
    ...{ requestedAt: new Date(start).toISOString(), state: 'Approved' },
    endsAt: new Date(start + 3_600_000).toISOString(),
    ...{ decidedBy: 'admin' as ProfileName, decidedAt: new Date(start).toISOString() },
    ...{ endedBy: null, endedAt: null },
    ...change,
  };
}

const decide = (who: typeof alice, name: string, port = 443) =>
  view.decide(who, { name, port }).rule;

describe('what a studio may reach', () => {
  it('is nothing where nothing is approved', () => {
    view.set([approved({ state: 'Pending' }), approved({ state: 'Ended' })]);
    expect(view.decide(alice, { name: 'pypi.org', port: 443 })).toMatchObject({
      ...{ allowed: false, rule: 'egress/off' },
    });
    expect(view.mayResolve(alice, 'pypi.org').allowed).toBe(false);
    expect(view.ports(alice)).toEqual([]);
    expect(view.now(alice)).toEqual({ mode: 'off', destinations: [], until: null });
  });

  it('is what the request about oneself names, and nobody else’s', () => {
    view.set([approved()]);
    expect(decide(alice, 'pypi.org')).toBe('egress/allow-list/r1');
    expect(decide(bob, 'pypi.org')).toBe('egress/off');
    expect(view.mayResolve(bob, 'pypi.org').allowed).toBe(false);
  });

  it('is what a request about one’s team names', () => {
    view.set([approved({ subject: { kind: 'team', team: 'risk' } })]);
    expect([alice, bob, carol].map((who) => decide(who, 'pypi.org'))).toEqual([
      ...['egress/allow-list/r1', 'egress/allow-list/r1', 'egress/off'],
    ]);
  });

  it('is what a request about the domain names, whoever asks', () => {
    view.set([approved({ subject: { kind: 'domain' } })]);
    for (const who of [alice, bob, carol]) {
      expect(decide(who, 'pypi.org')).toBe('egress/allow-list/r1');
    }
  });

  it.each([
    ['*.pypi.org', 'files.pypi.org', true],
    ['*.pypi.org', 'a.b.pypi.org', true],
    ['*.pypi.org', 'pypi.org', false],
    ['*.pypi.org', 'evilpypi.org', false],
    ['*.pypi.org', 'pypi.org.evil.example', false],
    ['pypi.org', 'files.pypi.org', false],
  ])('by %s: %s is %s', (pattern, name, isAllowed) => {
    view.set([approved({ destinations: [destination([pattern])] })]);
    expect(view.decide(alice, { name, port: 443 }).allowed).toBe(isAllowed);
    expect(view.mayResolve(alice, name).allowed).toBe(isAllowed);
  });

  it('is a name on the ports beside which it stands, and on no others', () => {
    view.set([
      approved({
        destinations: [
          destination(['db.example.com'], [5432], 'databases'),
          destination(['pypi.org'], [443]),
        ],
      }),
    ]);
    expect(decide(alice, 'db.example.com', 5432)).toBe('egress/allow-list/databases');
    expect(decide(alice, 'pypi.org', 5432)).toBe('egress/allow-list');
    expect(decide(alice, 'db.example.com', 443)).toBe('egress/allow-list');
    expect(view.ports(alice)).toEqual([5432]);
    expect(view.ports(bob)).toEqual([]);
  });

  it('is every name and port where it is open', () => {
    view.set([approved({ mode: 'open', destinations: [] })]);
    expect(decide(alice, 'anything.example', 12_345)).toBe('egress/open/r1');
    expect(view.mayResolve(alice, 'anything.example').allowed).toBe(true);
    expect(view.now(alice).mode).toBe('open');
    expect(decide(bob, 'anything.example')).toBe('egress/off');
  });

  it('ends at its end time without anybody doing anything', () => {
    view.set([approved({ destinations: [destination(['pypi.org'], [8080])] })]);
    now = start + 3_599_999;
    expect(decide(alice, 'pypi.org', 8080)).toBe('egress/allow-list/r1');
    now = start + 3_600_000;
    expect(decide(alice, 'pypi.org', 8080)).toBe('egress/off');
    expect(view.ports(alice)).toEqual([]);
    expect(view.mayResolve(alice, 'pypi.org').allowed).toBe(false);
  });

  it('is nothing for whom the domain file holds off, whatever is approved', () => {
    view = new EgressView(
      () => new Date(now),
      (profileName) => profileName === 'alice',
    );
    view.set([
      approved(),
      approved({ requestId: 'r2', subject: { kind: 'domain' }, mode: 'open' }),
    ]);
    expect(decide(alice, 'pypi.org')).toBe('egress/off');
    expect(view.mayResolve(alice, 'pypi.org').allowed).toBe(false);
    expect(view.ports(alice)).toEqual([]);
    expect(view.now(alice).mode).toBe('off');
    expect(decide(bob, 'pypi.org')).toBe('egress/open/r2');
  });

  it('says until when the first of it is in force', () => {
    const sooner = new Date(start + 60_000).toISOString();
    view.set([approved(), approved({ requestId: 'r2', endsAt: sooner })]);
    expect(view.now(alice)).toMatchObject({ mode: 'allow-list', until: sooner });
  });
});
