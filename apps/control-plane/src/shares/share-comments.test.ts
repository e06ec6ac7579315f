import type { ShareId } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { openSharingBench, type SharingBench } from './testing/sharing-bench.ts';

let bench: SharingBench;
let shareId: ShareId;
beforeEach(async () => {
  bench = await openSharingBench();
  shareId = await bench.share();
});
afterEach(() => bench.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const say = (name: string, text: string, cellIndex: number | null = 0, version = 1) =>
  bench.comments.add(bench.as(name), shareId, { version, cellIndex, text });
const listFor = (name: string) => bench.comments.list(bench.as(name), shareId);

describe('comments on a share', () => {
  it('are read by those who may read it, the oldest first', async () => {
    await say('bob', 'Why 2?');
    bench.advance(1_000);
    await say('alice', 'Because.', null);
    const { comments } = await listFor('bob');
    expect(comments.map(({ author, text, cellIndex }) => [author, text, cellIndex])).toEqual([
      ['bob', 'Why 2?', 0],
      ['alice', 'Because.', null],
    ]);
    const [listed] = await bench.shares.list(bench.as('alice').person, 'mine');
    expect(listed?.openCommentCount).toBe(2);
  });

  it.each(['paula', 'admin', 'otto'])('are not for %s, to read or to write', async (name) => {
    await say('bob', 'Why 2?');
    await expect(listFor(name)).rejects.toThrow(code('AccessDenied'));
    await expect(say(name, 'Let me in')).rejects.toThrow(code('AccessDenied'));
  });

  it('end with the share', async () => {
    const { commentId } = await say('bob', 'Why 2?');
    await bench.shares.revoke(bench.as('alice'), shareId);
    await expect(listFor('bob')).rejects.toThrow(code('ShareRevoked'));
    await expect(say('bob', 'Still there?')).rejects.toThrow(code('ShareRevoked'));
    const place = { shareId, commentId };
    const resolving = bench.comments.setResolved(bench.as('bob'), place, true);
    await expect(resolving).rejects.toThrow(code('ShareRevoked'));
    await expect(bench.comments.remove(bench.as('bob'), place)).rejects.toThrow(
      code('ShareRevoked'),
    );
  });

  it('mention only those who may see the share', async () => {
    const text = '@alice and @paula, see bob@bob.example and (@bob): @bob-ross @admin';
    expect((await say('bob', text)).mentions).toEqual(['alice', 'bob']);
    expect((await listFor('bob')).mentionable.map(({ profileName }) => profileName)).toEqual([
      ...['alice', 'bob'],
    ]);
  });

  it('are about a cell that there is', async () => {
    await expect(say('bob', 'x', 1)).rejects.toThrow(code('InvalidRequest'));
    await expect(say('bob', 'x', 0, 2)).rejects.toThrow(code('InvalidRequest'));
  });

  it('are resolved and opened again by any of them', async () => {
    const { commentId } = await say('bob', 'Why 2?');
    const place = { shareId, commentId };
    const resolved = await bench.comments.setResolved(bench.as('alice'), place, true);
    expect(resolved).toMatchObject({ resolvedBy: 'alice', resolvedAt: expect.any(String) });
    const [listed] = await bench.shares.list(bench.as('bob').person, 'with-me');
    expect(listed?.openCommentCount).toBe(0);
    const reopened = await bench.comments.setResolved(bench.as('bob'), place, false);
    expect(reopened).toMatchObject({ resolvedBy: null, resolvedAt: null });
  });

  it('are deleted by who wrote them and by the owner of the notebook, and by nobody else', async () => {
    await bench.shares.revoke(bench.as('alice'), shareId);
    shareId = await bench.share({
      audience: { everyone: true, teams: [], people: [] },
    });
    const first = await say('bob', 'one');
    const second = await say('bob', 'two');
    expect((await listFor('paula')).comments[0]?.mayDelete).toBe(false);
    const remove = (name: string, commentId: string) =>
      bench.comments.remove(bench.as(name), { shareId, commentId });
    await expect(remove('paula', first.commentId)).rejects.toThrow(code('AccessDenied'));
    await remove('bob', first.commentId);
    await remove('alice', second.commentId);
    await expect(remove('bob', first.commentId)).rejects.toThrow(code('CommentNotFound'));
    expect((await listFor('bob')).comments).toEqual([]);
  });

  it('of one share are found in no other', async () => {
    const { commentId } = await say('bob', 'one');
    const other = await bench.share();
    const place = { shareId: other, commentId };
    await expect(bench.comments.remove(bench.as('bob'), place)).rejects.toThrow(
      code('CommentNotFound'),
    );
  });

  it('stay with who wrote them when somebody else gets the name', async () => {
    await say('bob', 'mine');
    const later = new Date(bench.clock().getTime() + 1_000);
    bench.people.set('bob', newPerson('bob', 9, { team: 'risk-models', createdAt: later }));
    expect((await listFor('bob')).comments[0]?.mayDelete).toBe(false);
  });

  it('are sealed in the database', async () => {
    await say('bob', 'a secret remark');
    const rows = await bench.state.selectFrom('share_comments').selectAll().execute();
    expect(Buffer.concat(rows.map((row) => Buffer.from(row.sealed_text))).toString()).not.toContain(
      'remark',
    );
  });

  it('are refused by a document that denies them, reading left as it is', async () => {
    bench.own.policies = [denying({ Action: 'strongroom:CommentShare' })];
    await expect(say('bob', 'x')).rejects.toMatchObject({ values: { rule: 'own/Denied' } });
    const details = await bench.shares.details(bench.as('bob'), shareId);
    expect(details.may).toEqual({ read: true, manage: false, comment: false });
  });
});
