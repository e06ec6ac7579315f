import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { newShareId } from './share.ts';
import { notebookBytes } from './testing/open-test-sharing.ts';
import { audienceOf, openSharingBench, type SharingBench } from './testing/sharing-bench.ts';

let bench: SharingBench;
beforeEach(async () => {
  bench = await openSharingBench();
});
afterEach(() => bench.close());

const dayMilliseconds = 24 * 60 * 60 * 1000;
const code = (expected: string) => expect.objectContaining({ code: expected });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    ({ code: found }) => found,
  );
const detailsFor = (name: string, shareId: string) => bench.shares.details(bench.as(name), shareId);

describe('a share', () => {
  it('is read by whom it was shared with and by its owner, byte for byte', async () => {
    const shareId = await bench.share();
    expect(await bench.read('bob', shareId)).toBe(notebookBytes().toString());
    expect(await bench.read('alice', shareId)).toBe(notebookBytes().toString());
    expect(await detailsFor('bob', shareId)).toMatchObject({
      ...{ title: 'rates.ipynb', owner: 'alice', state: 'active', sourcePath: null },
      ...{ viewCount: null, may: { read: true, manage: false, comment: true } },
      latestVersion: { version: 1, note: 'Look at cell 3', cellCount: 1 },
    });
    expect(await detailsFor('alice', shareId)).toMatchObject({
      ...{ sourcePath: 'work/rates.ipynb', viewCount: 1, may: { read: true, manage: true } },
    });
  });

  it.each([
    ['everyone', audienceOf({ everyone: true }), ['bob', 'paula', 'admin']],
    ['a team', audienceOf({ teams: ['platform'] }), ['paula', 'admin']],
    ['a person', audienceOf({ people: ['bob' as never] }), ['bob']],
    ['nobody', audienceOf(), []],
  ])('shared with %s is read by those and no others', async (_name, audience, readers) => {
    const shareId = await bench.share({ audience });
    const allowed: string[] = [];
    for (const name of ['bob', 'paula', 'admin', 'otto']) {
      if ((await refusal(bench.read(name, shareId))) === 'answered') allowed.push(name);
    }
    expect(allowed).toEqual(readers);
  });

  it('refuses a third person without a word about it, and its owner sees that', async () => {
    const shareId = await bench.share();
    const error = await detailsFor('paula', shareId).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'AccessDenied', values: { rule: 'implicit-deny' } });
    expect(JSON.stringify(error)).not.toMatch(/alice|bob|rates/);
    await expect(bench.read('paula', shareId)).rejects.toThrow(code('AccessDenied'));
    const views = await bench.shares.viewsOf(bench.as('alice'), shareId);
    expect(views).toMatchObject([{ profileName: 'paula', kind: 'refused', version: null }]);
    expect(bench.audit.of('share-refused')).toMatchObject([
      { profileName: 'paula', target: 'alice', shareId, action: 'strongroom:GetShare' },
    ]);
  });

  it('that nobody made is not found', async () => {
    await expect(bench.read('bob', newShareId())).rejects.toThrow(code('ShareNotFound'));
    await expect(detailsFor('bob', newShareId())).rejects.toThrow(code('ShareNotFound'));
    const shareId = await bench.share();
    await expect(bench.read('bob', shareId, 2)).rejects.toThrow(code('ShareNotFound'));
  });

  it('has an id of 128 bits that no two have', () => {
    const ids = new Set(Array.from({ length: 1_000 }, newShareId));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(16);
  });

  it('closes at its end, for an open page too, and tells only those who could read it', async () => {
    const shareId = await bench.share();
    await bench.read('bob', shareId);
    bench.advance(7 * dayMilliseconds);
    expect(await bench.shares.mayStillRead(bench.as('bob').person, shareId, 1)).toBe(false);
    await expect(detailsFor('bob', shareId)).rejects.toThrow(code('ShareExpired'));
    await expect(bench.read('alice', shareId)).rejects.toThrow(code('ShareExpired'));
    await expect(detailsFor('paula', shareId)).rejects.toThrow(code('AccessDenied'));
    expect(await detailsFor('alice', shareId)).toMatchObject({ state: 'expired' });
  });

  it('closes when it is revoked, for good', async () => {
    const shareId = await bench.share();
    const { state, may, revokedAt } = await bench.shares.revoke(bench.as('alice'), shareId);
    expect([state, may.read, may.manage]).toEqual(['revoked', false, true]);
    expect(await bench.shares.mayStillRead(bench.as('bob').person, shareId, 1)).toBe(false);
    const values = { revokedBy: 'alice', revokedAt };
    for (const name of ['bob', 'alice']) {
      const refused = expect.objectContaining({ code: 'ShareRevoked', values });
      await expect(bench.read(name, shareId)).rejects.toThrow(refused);
    }
    await expect(bench.read('paula', shareId)).rejects.toThrow(code('AccessDenied'));
    const expiresAt = new Date(bench.clock().getTime() + dayMilliseconds).toISOString();
    const extended = bench.shares.extend(bench.as('alice'), shareId, { expiresAt });
    await expect(extended).rejects.toThrow(code('ShareRevoked'));
  });

  it('is revoked by an administrator, who cannot read it', async () => {
    const shareId = await bench.share();
    await expect(bench.read('admin', shareId)).rejects.toThrow(code('AccessDenied'));
    const [listed] = await bench.shares.list(bench.as('admin').person, 'all');
    expect(listed).toMatchObject({ shareId, may: { read: false, manage: true, comment: false } });
    expect(listed?.extendableUntil).toBeNull();
    const revoked = await bench.shares.revoke(bench.as('admin'), shareId);
    expect(revoked).toMatchObject({ state: 'revoked', revokedBy: 'admin', sourcePath: null });
  });

  it('is seen by an auditor, who can neither read nor end it', async () => {
    const shareId = await bench.share({ audience: audienceOf({ everyone: true }) });
    expect(await detailsFor('otto', shareId)).toMatchObject({
      may: { read: false, manage: false },
    });
    await expect(bench.read('otto', shareId)).rejects.toThrow(code('AccessDenied'));
    const revoking = bench.shares.revoke(bench.as('otto'), shareId);
    await expect(revoking).rejects.toThrow(code('AccessDenied'));
  });

  it.each(['revoke', 'extend', 'viewsOf'] as const)('is not for its reader to %s', async (act) => {
    const shareId = await bench.share();
    const expiresAt = new Date(bench.clock().getTime() + dayMilliseconds).toISOString();
    const work = bench.shares[act](bench.as('bob'), shareId, { expiresAt });
    await expect(work).rejects.toThrow(code('AccessDenied'));
  });

  it('is extended by its owner, also after its end, and no further than the domain allows', async () => {
    const shareId = await bench.share();
    bench.advance(8 * dayMilliseconds);
    const inDays = (days: number) =>
      new Date(bench.clock().getTime() + days * dayMilliseconds).toISOString();
    const extend = (days: number) =>
      bench.shares.extend(bench.as('alice'), shareId, { expiresAt: inDays(days) });
    await expect(extend(366)).rejects.toThrow(code('InvalidRequest'));
    await expect(extend(-1)).rejects.toThrow(code('InvalidRequest'));
    expect(await extend(365)).toMatchObject({ state: 'active' });
    expect(await bench.read('bob', shareId)).toContain('cells');
  });

  it('ends with its owner, and stays ended when the name comes back', async () => {
    const shareId = await bench.share();
    const { person } = bench.as('alice');
    bench.people.set('alice', { ...person, disabled: true });
    await expect(bench.read('bob', shareId)).rejects.toThrow(code('ShareRevoked'));
    bench.events.emit('disabled', { profileName: person.profileName });
    await vi.waitFor(() => expect(bench.audit.of('share-revoked')).toHaveLength(1));
    const later = newPerson('alice', 1, { createdAt: bench.clock() });
    bench.people.set('alice', later);
    await expect(bench.read('bob', shareId)).rejects.toThrow(code('ShareRevoked'));
    expect(await bench.shares.list(later, 'mine')).toEqual([]);
    await expect(detailsFor('alice', shareId)).rejects.toThrow(code('AccessDenied'));
  });

  it('ends at the next start where its owner was taken out of the domain file meanwhile', async () => {
    const shareId = await bench.share();
    bench.people.delete('alice');
    await bench.reopen();
    await vi.waitFor(() =>
      expect(bench.audit.of('share-revoked')).toMatchObject([{ shareId, why: 'owner-removed' }]),
    );
  });

  it('is not for somebody who is given the name of a reader who was removed', async () => {
    const shareId = await bench.share();
    bench.events.emit('removed', { profileName: 'bob' as never, deleteHome: true });
    await vi.waitFor(async () => {
      const { audience } = await detailsFor('alice', shareId);
      expect(audience.people).toEqual([]);
    });
    await expect(bench.read('bob', shareId)).rejects.toThrow(code('AccessDenied'));
  });

  it('is refused to a reader who is disabled', async () => {
    const shareId = await bench.share();
    bench.people.set('bob', { ...bench.as('bob').person, disabled: true });
    await expect(bench.read('bob', shareId)).rejects.toThrow(code('AccessDenied'));
  });

  it('names the document of the domain that forbids reading it', async () => {
    const shareId = await bench.share();
    bench.own.policies = [denying({ Action: 'strongroom:GetShare' })];
    await expect(bench.read('bob', shareId)).rejects.toMatchObject({
      ...{ code: 'AccessDenied', values: { rule: 'own/Denied', action: 'strongroom:GetShare' } },
    });
  });

  it.each(['s3:GetObject', 'kms:Decrypt'])('says where %s is what is missing', async (action) => {
    const shareId = await bench.share();
    bench.own.policies = [denying({ Action: action })];
    await expect(bench.read('bob', shareId)).rejects.toMatchObject({
      ...{ code: 'AccessDenied', values: { rule: 'own/Denied', action } },
    });
  });
});

describe('a share whose key is disabled', () => {
  it('is not readable and names the key; it can still be seen and revoked', async () => {
    const shareId = await bench.share();
    const comment = { version: 1, cellIndex: 0, text: 'Why?' };
    await bench.comments.add(bench.as('bob'), shareId, comment);
    const caller = { principal: 'operator' };
    await bench.storage.keys.disable('alias/strongroom-data', { caller });
    await expect(bench.read('bob', shareId)).rejects.toThrow(code('KeyUnavailable'));
    await expect(bench.comments.list(bench.as('bob'), shareId)).rejects.toMatchObject({
      ...{ code: 'KeyUnavailable', values: { key: 'alias/strongroom-data' } },
    });
    const details = await detailsFor('alice', shareId);
    expect(details).toMatchObject({ sourcePath: null, latestVersion: { note: '' } });
    expect(await bench.shares.revoke(bench.as('alice'), shareId)).toMatchObject({
      ...{ state: 'revoked' },
    });
    await bench.storage.keys.enable('alias/strongroom-data', { caller });
    expect(await detailsFor('alice', shareId)).toMatchObject({
      ...{ sourcePath: 'work/rates.ipynb', latestVersion: { note: 'Look at cell 3' } },
    });
  });

  it('is not made, and the refusal names the key', async () => {
    const caller = { principal: 'operator' };
    await bench.storage.keys.disable('alias/strongroom-data', { caller });
    await expect(bench.share()).rejects.toMatchObject({
      ...{ code: 'KeyUnavailable', values: { key: 'alias/strongroom-data' } },
    });
  });
});

describe('lists of shares', () => {
  it('hold what is one’s own, what is shared with one, and nothing that has ended', async () => {
    const first = await bench.share();
    const second = await bench.share({ audience: audienceOf({ teams: ['platform'] }) });
    const idsFor = async (name: string, list: 'mine' | 'with-me' | 'all') => {
      const listed = await bench.shares.list(bench.as(name).person, list);
      return listed.map(({ shareId }) => shareId).sort();
    };
    expect(await idsFor('alice', 'mine')).toEqual([first, second].sort());
    expect(await idsFor('alice', 'with-me')).toEqual([]);
    expect(await idsFor('bob', 'with-me')).toEqual([first]);
    expect(await idsFor('paula', 'with-me')).toEqual([second]);
    expect(await idsFor('otto', 'with-me')).toEqual([]);
    await bench.shares.revoke(bench.as('alice'), first);
    expect(await idsFor('bob', 'with-me')).toEqual([]);
    expect(await idsFor('admin', 'all')).toEqual([first, second].sort());
  });
});

describe('the views of a share', () => {
  it('have one line for each look, and none for its owner’s', async () => {
    const shareId = await bench.share();
    await bench.read('alice', shareId);
    await bench.read('bob', shareId);
    await bench.read('bob', shareId);
    bench.advance(5_000);
    await bench.read('bob', shareId);
    const views = await bench.shares.viewsOf(bench.as('alice'), shareId);
    expect(views.map(({ profileName, kind, version }) => [profileName, kind, version])).toEqual([
      ['bob', 'viewed', 1],
      ['bob', 'viewed', 1],
    ]);
    expect(bench.audit.of('share-viewed')).toHaveLength(4);
  });
});
