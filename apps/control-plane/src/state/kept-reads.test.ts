import { afterEach, beforeEach, expect, it } from 'vitest';
import { openState, type State } from './database.ts';
import { KeptReads } from './kept-reads.ts';

const aRow = { host_uid: 200_000, profile_name: 'alice', allocated_at: 0 };

let state: State;
let reads: KeptReads<{ profile_name: string }>;
let readCount = 0;
beforeEach(async () => {
  state = await openState(':memory:');
  reads = new KeptReads(state);
  readCount = 0;
});
afterEach(() => state.destroy());

function find(): Promise<{ profile_name: string } | undefined> {
  return reads.find('alice', () => {
    readCount += 1;
    return state.selectFrom('host_uids').select('profile_name').executeTakeFirst();
  });
}

it('reads once while nothing is written, also what is not there', async () => {
  expect([await find(), await find()]).toEqual([undefined, undefined]);
  expect(readCount).toBe(1);
});

it('reads anew after any write', async () => {
  await find();
  await state.insertInto('host_uids').values(aRow).execute();
  expect(await find()).toEqual({ profile_name: 'alice' });
  await state.updateTable('host_uids').set({ profile_name: 'bob' }).execute();
  expect(await find()).toEqual({ profile_name: 'bob' });
  await state.deleteFrom('host_uids').returningAll().execute();
  expect(await find()).toBeUndefined();
});

it('keeps nothing that a transaction under way may still change', async () => {
  await state.transaction().execute(async (transaction) => {
    await transaction.insertInto('host_uids').values(aRow).execute();
    const asked = find();
    await transaction.updateTable('host_uids').set({ profile_name: 'bob' }).execute();
    void asked;
  });
  expect(await find()).toEqual({ profile_name: 'bob' });
});

it('keeps nothing of a read that a write came into', async () => {
  const slow = reads.find('alice', async () => {
    await state.insertInto('host_uids').values(aRow).execute();
    return { profile_name: 'old' };
  });
  expect(await slow).toEqual({ profile_name: 'old' });
  expect(await find()).toEqual({ profile_name: 'alice' });
});
