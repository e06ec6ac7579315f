import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyError } from '../keys/key-error.ts';
import type { KeyCaller } from '../keys/key-use.ts';
import { alice, openTestKeys, operator, type TestKeys } from '../testing/test-keys.ts';
import { BucketKeys } from './bucket-keys.ts';
import type { ObjectBinding } from './object-key-blob.ts';

const bucketArn = 'arn:aws:s3:::research';
const binding: ObjectBinding = { bucketArn, objectName: 'a/b.csv', versionId: 'v1' };
const bob: KeyCaller = { principal: 'arn:aws:iam::111122223333:role/bob' };
const by = { caller: operator };
const minute = 60_000;
let test: TestKeys;
let keyId: string;
let bucketKeys: BucketKeys;

beforeEach(async () => {
  test = await openTestKeys();
  keyId = (await test.keys.create({ alias: 'alias/data', policy: {}, caller: operator })).keyId;
  bucketKeys = new BucketKeys({ keys: test.keys, clock: () => test.now });
  test.uses.length = 0;
});
afterEach(async () => {
  bucketKeys.close();
  await test.close();
});

const later = (milliseconds: number) => {
  test.now = new Date(test.now.getTime() + milliseconds);
};
const wrap = (more: object = {}) =>
  bucketKeys.wrap({ key: 'alias/data', binding, caller: alice, ...more });
const unwrap = (wrapped: Buffer, more: object = {}) =>
  bucketKeys.unwrap({ wrapped, binding, caller: alice, ...more });

async function callsOf(work: () => Promise<unknown>): Promise<number> {
  const before = test.keys.providerCallCount;
  await work();
  return test.keys.providerCallCount - before;
}

describe.each([true, false])('an object key (with a bucket key: %s)', (useBucketKey) => {
  it('opens for its own object, also after a restart', async () => {
    const { dataKey, wrapped, ...described } = await wrap({ useBucketKey });
    const { arn: keyArn } = test.keys.describe(keyId);
    expect(described).toEqual({ keyArn, keyId, hasBucketKey: useBucketKey });
    expect(dataKey).toHaveLength(32);
    expect(await unwrap(wrapped)).toEqual(dataKey);
    bucketKeys.close();
    await test.reopen();
    bucketKeys = new BucketKeys({ keys: test.keys, clock: () => test.now });
    expect(await unwrap(wrapped)).toEqual(dataKey);
    expect(bucketKeys.describe(wrapped)).toMatchObject({
      ...{ hasBucketKey: useBucketKey, key: { keyId } },
    });
  });

  it('opens for no other bucket, name or version', async () => {
    const { wrapped } = await wrap({ useBucketKey });
    for (const other of [
      { ...binding, bucketArn: 'arn:aws:s3:::other' },
      { ...binding, objectName: 'a/c.csv' },
      { ...binding, versionId: 'v2' },
      { bucketArn, objectName: 'a/b.csvv1', versionId: '' },
    ]) {
      await expect(unwrap(wrapped, { binding: other })).rejects.toMatchObject({
        code: 'InvalidCiphertextException',
      });
    }
  });

  it('is refused after a change of any byte and a cut at any byte', async () => {
    const { wrapped } = await wrap({ useBucketKey });
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(unwrap(changed), `byte ${at}`).rejects.toBeInstanceOf(KeyError);
      await expect(unwrap(wrapped.subarray(0, at))).rejects.toBeInstanceOf(KeyError);
    }
  });

  it('is copied to another object and another key without being another key', async () => {
    const { dataKey, wrapped } = await wrap({ useBucketKey });
    const { keyId: otherKey } = await test.keys.create({ policy: {}, caller: operator });
    const newBinding = { bucketArn: 'arn:aws:s3:::other', objectName: 'copy', versionId: 'v9' };
    const request = { wrapped, binding, newBinding, key: otherKey, caller: alice };
    const copy = await bucketKeys.rewrap(request);
    expect(copy).toMatchObject({ keyId: otherKey, hasBucketKey: useBucketKey });
    expect(await unwrap(copy.wrapped, { binding: newBinding })).toEqual(dataKey);
    await expect(unwrap(copy.wrapped)).rejects.toBeInstanceOf(KeyError);
    const sameKey = await bucketKeys.rewrap({ wrapped, binding, newBinding, caller: alice });
    expect(sameKey.keyId).toBe(keyId);
  });

  it('is wrapped anew under the newest version after a rotation', async () => {
    const { dataKey, wrapped } = await wrap({ useBucketKey });
    await test.keys.rotate(keyId, by);
    expect(await unwrap(wrapped)).toEqual(dataKey);
    const newest = await bucketKeys.refresh({ wrapped, binding, caller: alice });
    expect(newest.equals(wrapped)).toBe(false);
    expect(await unwrap(newest)).toEqual(dataKey);
  });
});

describe('a bucket key', () => {
  it('spares the provider, for sealing and for opening', async () => {
    const made = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        wrap({ binding: { ...binding, objectName: `${index}` } }),
      ),
    );
    expect(test.keys.providerCallCount).toBe(2);
    const opening = made.map(({ wrapped, dataKey }, index) => async () => {
      const own = { ...binding, objectName: `${index}` };
      expect(await unwrap(wrapped, { binding: own })).toEqual(dataKey);
    });
    expect(await callsOf(() => Promise.all(opening.map((open) => open())))).toBe(1);
    expect(new Set(made.map(({ dataKey }) => dataKey.toString('hex'))).size).toBe(500);
  });

  it('is judged and recorded for each requester, also when it is known', async () => {
    const { wrapped } = await wrap();
    await unwrap(wrapped);
    test.uses.length = 0;
    await unwrap(wrapped);
    await unwrap(wrapped, { caller: bob });
    await wrap({ caller: bob });
    const context = { 'aws:s3:arn': bucketArn };
    expect(test.uses).toMatchObject([
      { action: 'kms:Decrypt', caller: alice, context, outcome: 'allowed' },
      { action: 'kms:Decrypt', caller: bob, context, outcome: 'allowed' },
      { action: 'kms:GenerateDataKey', caller: bob, context, outcome: 'allowed' },
    ]);
    test.judge = ({ caller }) => {
      if (caller === bob) throw new Error('not bob');
    };
    const denied = { code: 'AccessDeniedException' };
    await expect(unwrap(wrapped, { caller: bob })).rejects.toMatchObject(denied);
    await expect(wrap({ caller: bob })).rejects.toMatchObject(denied);
    await unwrap(wrapped);
  });

  it('is got by who may, when who may not asked at the same time', async () => {
    test.judge = ({ caller }) => {
      if (caller === bob) throw new Error('not bob');
    };
    const callers = [bob, alice, bob, alice, alice];
    const outcomes = await Promise.allSettled(callers.map((caller) => wrap({ caller })));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
      callers.map((caller) => caller === alice),
    );
    expect(test.uses).toHaveLength(callers.length);
    expect(test.keys.providerCallCount).toBe(2);
  });

  it('does not open after its key is disabled, and opens after it is enabled', async () => {
    const { dataKey, wrapped } = await wrap();
    await unwrap(wrapped);
    await test.keys.disable(keyId, by);
    await expect(unwrap(wrapped)).rejects.toMatchObject({ code: 'DisabledException' });
    await expect(wrap()).rejects.toMatchObject({ code: 'DisabledException' });
    await test.keys.enable(keyId, by);
    expect(await callsOf(async () => expect(await unwrap(wrapped)).toEqual(dataKey))).toBe(1);
  });

  it('does not open for who was being judged while its key was disabled', async () => {
    const { wrapped } = await wrap();
    await unwrap(wrapped);
    test.judge = async ({ action }) => {
      if (action === 'kms:Decrypt') await test.keys.disable(keyId, by);
    };
    await expect(unwrap(wrapped)).rejects.toMatchObject({ code: 'DisabledException' });
  });

  it('lives no longer than its time, and for so many uses', async () => {
    const { wrapped } = await wrap();
    later(5 * minute - 1);
    expect(await callsOf(wrap)).toBe(0);
    later(1);
    expect(await callsOf(wrap)).toBe(1);
    expect(await callsOf(() => unwrap(wrapped))).toBe(1);
    later(5 * minute);
    expect(await callsOf(() => unwrap(wrapped))).toBe(1);
    const limited = new BucketKeys({ keys: test.keys, clock: () => test.now, maximumUses: 3 });
    const request = { key: keyId, binding, caller: alice };
    const calls = await callsOf(async () => {
      for (let use = 0; use < 7; use += 1) await limited.wrap(request);
    });
    expect(calls).toBe(3);
    limited.close();
  });

  it('is another for another bucket, another key, and after a rotation', async () => {
    const other = { ...binding, bucketArn: 'arn:aws:s3:::other' };
    const { keyId: otherKey } = await test.keys.create({ policy: {}, caller: operator });
    await wrap();
    expect(await callsOf(() => wrap({ binding: other }))).toBe(1);
    expect(await callsOf(() => wrap({ key: otherKey }))).toBe(1);
    await test.keys.rotate(keyId, by);
    expect(await callsOf(wrap)).toBe(1);
  });

  it('that was asked for before a rotation is not kept after it', async () => {
    let isRotated = false;
    test.record = async ({ action }) => {
      if (action !== 'kms:GenerateDataKey' || isRotated) return;
      isRotated = true;
      await test.keys.rotate(keyId, by);
    };
    await wrap();
    expect(await callsOf(wrap)).toBe(1);
    expect(await callsOf(wrap)).toBe(0);
  });

  it('follows the alias to another key at once', async () => {
    await wrap();
    const { keyId: otherKey } = await test.keys.create({ policy: {}, caller: operator });
    await test.keys.putAlias(otherKey, { ...by, alias: 'alias/data' });
    expect((await wrap()).keyId).toBe(otherKey);
  });

  it('cannot be asked for without a record', async () => {
    const { wrapped } = await wrap();
    await unwrap(wrapped);
    test.record = () => {
      throw new Error('disk full');
    };
    await expect(unwrap(wrapped)).rejects.toMatchObject({ code: 'KeyUnavailableException' });
    await expect(wrap()).rejects.toMatchObject({ code: 'KeyUnavailableException' });
  });
});

it('without a bucket key the provider is asked for each object, with the object’s ARN', async () => {
  const calls = await callsOf(async () => {
    const { wrapped } = await wrap({ useBucketKey: false });
    await unwrap(wrapped);
    await unwrap(wrapped);
  });
  expect(calls).toBe(3);
  expect(test.uses.map(({ context }) => context)).toEqual(
    Array.from({ length: 3 }, () => ({ 'aws:s3:arn': `${bucketArn}/a/b.csv` })),
  );
});
