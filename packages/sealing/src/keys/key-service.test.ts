import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alice, openTestKeys, operator, type TestKeys } from '../testing/test-keys.ts';
import { KeyError } from './key-error.ts';
import type { KeyChange } from './key-requests.ts';
import type { KeyUse } from './key-use.ts';

let test: TestKeys;
let keyId: string;
const policy = { Statement: [] };
const context = { 'aws:s3:arn': 'arn:aws:s3:::research' };
const by = { caller: operator };
const code = (expected: string) => ({ name: 'KeyError', code: expected });

beforeEach(async () => {
  test = await openTestKeys();
  const request = { alias: 'alias/data', description: 'Research', policy, caller: operator };
  keyId = (await test.keys.create(request)).keyId;
  test.uses.length = 0;
});
afterEach(() => test.close());

const generate = (key = keyId) => test.keys.generateDataKey({ key, context, caller: alice });
const decrypt = (wrapped: Buffer) => test.keys.decrypt({ wrapped, context, caller: alice });

describe('a key', () => {
  it('is found by id, alias and both ARNs, also after a restart', async () => {
    const arn = `arn:aws:kms:eu-central-1:111122223333:key/${keyId}`;
    await test.reopen();
    for (const reference of [keyId, 'alias/data', arn, arn.replace(/key\/.*/, 'alias/data')]) {
      expect(test.keys.describe(reference), reference).toEqual({
        ...{ keyId, arn, aliases: ['alias/data'], description: 'Research', state: 'Enabled' },
        ...{ createdAt: test.now, versionCount: 1, provider: 'local', policy },
      });
    }
    expect(test.keys.list()).toHaveLength(1);
  });

  it.each([
    'alias/other',
    'data',
    '',
    '00000000-0000-4000-8000-000000000000',
    'arn:aws:kms:eu-central-1:999999999999:alias/data',
    'arn:aws:kms:us-east-1:111122223333:alias/data',
    'key/x',
    '__proto__',
    'alias/__proto__',
    'constructor',
  ])('that is called "%s" is not found', (reference) => {
    expect(() => test.keys.describe(reference)).toThrow(
      expect.objectContaining(code('NotFoundException')),
    );
  });

  it('opens what it wrapped, for the same context, and says whose a blob is', async () => {
    const { dataKey, wrapped, keyArn } = await generate('alias/data');
    expect(keyArn).toBe(test.keys.describe(keyId).arn);
    expect(test.keys.keyOfBlob(wrapped).keyId).toBe(keyId);
    await test.reopen();
    expect(await decrypt(wrapped)).toEqual(dataKey);
    const other = { 'aws:s3:arn': 'arn:aws:s3:::other' };
    await expect(
      test.keys.decrypt({ wrapped, context: other, caller: alice }),
    ).rejects.toMatchObject(code('InvalidCiphertextException'));
  });

  it('refuses a blob that was changed in any byte, or is another key’s', async () => {
    const { wrapped } = await generate();
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(decrypt(changed), `byte ${at}`).rejects.toBeInstanceOf(KeyError);
    }
    for (let length = 0; length < wrapped.length; length += 1) {
      await expect(decrypt(wrapped.subarray(0, length))).rejects.toBeInstanceOf(KeyError);
    }
    const { keyId: other } = await test.keys.create({ policy, caller: operator });
    const { wrapped: others } = await generate(other);
    const mixed = Buffer.concat([wrapped.subarray(0, 20), others.subarray(20)]);
    await expect(decrypt(mixed)).rejects.toMatchObject(code('InvalidCiphertextException'));
  });

  it('that is rotated opens what older versions wrapped, and wraps it anew', async () => {
    const { dataKey, wrapped } = await generate();
    test.now = new Date('2026-04-01T00:00:00Z');
    expect(await test.keys.rotate(keyId, by)).toMatchObject({
      ...{ versionCount: 2, rotatedAt: test.now },
    });
    expect(await decrypt(wrapped)).toEqual(dataKey);
    const newest = await test.keys.rewrap({ wrapped, context, caller: alice });
    expect(newest.equals(wrapped)).toBe(false);
    expect(await decrypt(newest)).toEqual(dataKey);
    expect(test.uses.map(({ action }) => action)).toEqual([
      ...['kms:GenerateDataKey', 'kms:RotateKeyOnDemand', 'kms:Decrypt'],
      ...['kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:Decrypt'],
    ]);
  });

  it('can be given another alias and another policy, which the next use is judged by', async () => {
    const { keyId: other } = await test.keys.create({ policy, caller: operator });
    await test.keys.putAlias(other, { ...by, alias: 'alias/data' });
    await test.keys.putPolicy(other, { ...by, policy: { Version: 'new' } });
    await test.reopen();
    let judged: unknown;
    test.judge = ({ keyPolicy }) => {
      judged = keyPolicy;
    };
    await generate('alias/data');
    expect(judged).toEqual({ Version: 'new' });
    expect(test.keys.describe('alias/data').keyId).toBe(other);
    expect(test.keys.describe(keyId).aliases).toEqual([]);
  });

  it('cannot take a name that another has, or that is none', async () => {
    const taken = test.keys.create({ alias: 'alias/data', policy, caller: operator });
    await expect(taken).rejects.toMatchObject(code('AlreadyExistsException'));
    for (const alias of ['data', 'alias/', 'alias/aws/s3', 'alias/ä', `alias/${'x'.repeat(251)}`]) {
      await expect(test.keys.putAlias(keyId, { ...by, alias })).rejects.toMatchObject(
        code('InvalidAliasNameException'),
      );
    }
    const sameName = Array.from({ length: 5 }, () =>
      test.keys.create({ alias: 'alias/once', policy, caller: operator }),
    );
    const outcomes = await Promise.allSettled(sameName);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a key’s states', () => {
  it('disabled: nothing opens, also after a restart; enabled: all opens again', async () => {
    const { dataKey, wrapped } = await generate();
    await test.keys.disable(keyId, by);
    for (const restarted of [false, true]) {
      if (restarted) await test.reopen();
      for (const use of [
        () => decrypt(wrapped),
        () => generate(),
        () => test.keys.rewrap({ wrapped, context, caller: alice }),
        () => test.keys.rotate(keyId, by),
        () => test.keys.authorizeUse({ key: keyId, action: 'kms:Decrypt', context, caller: alice }),
      ]) {
        await expect(use()).rejects.toMatchObject(code('DisabledException'));
      }
    }
    await test.keys.enable(keyId, by);
    expect(await decrypt(wrapped)).toEqual(dataKey);
  });

  it('disabled while the provider is asked: the answer is withheld', async () => {
    const { wrapped } = await generate();
    test.record = async ({ action }) => {
      if (action === 'kms:Decrypt') await test.keys.disable(keyId, by);
    };
    await expect(decrypt(wrapped)).rejects.toMatchObject(code('DisabledException'));
  });

  it('pending deletion: unusable at once, kept until its date, then gone for good', async () => {
    const { wrapped } = await generate();
    const described = await test.keys.scheduleDeletion(keyId, { ...by, waitingDays: 7 });
    const deletionDate = new Date('2026-03-08T12:00:00Z');
    expect(described).toMatchObject({ state: 'PendingDeletion', deletionDate });
    const invalid = code('KMSInvalidStateException');
    await expect(decrypt(wrapped)).rejects.toMatchObject(invalid);
    await expect(test.keys.enable(keyId, by)).rejects.toMatchObject(invalid);
    await expect(test.keys.disable(keyId, by)).rejects.toMatchObject(invalid);
    const again = test.keys.scheduleDeletion(keyId, { ...by, waitingDays: 30 });
    await expect(again).rejects.toMatchObject(invalid);
    test.now = new Date(deletionDate.getTime() - 1);
    expect(await test.keys.deleteDue()).toEqual([]);
    test.now = deletionDate;
    test.uses.length = 0;
    expect(await test.keys.deleteDue()).toEqual([keyId]);
    expect(test.uses).toMatchObject([
      { action: 'kms:DeleteKey', keyId, caller: { principal: 'platform' }, outcome: 'allowed' },
    ]);
    await test.reopen();
    expect(test.keys.list()).toEqual([]);
    const error = await decrypt(wrapped).catch((reason: Error) => reason);
    expect(error).toMatchObject(code('NotFoundException'));
    expect((error as Error).message).toContain(deletionDate.toISOString());
    expect(await readFile(test.keyring.keyringPath, 'utf8')).not.toContain(keyId);
    expect(await test.keys.deleteDue()).toEqual([]);
  });

  it('deletion cancelled: disabled, and opens again when enabled', async () => {
    const { dataKey, wrapped } = await generate();
    await test.keys.scheduleDeletion(keyId, { ...by, waitingDays: 30 });
    const { state, deletionDate } = await test.keys.cancelDeletion(keyId, by);
    expect({ state, deletionDate }).toEqual({ state: 'Disabled', deletionDate: undefined });
    await test.keys.enable(keyId, by);
    test.now = new Date('2027-01-01T00:00:00Z');
    expect(await test.keys.deleteDue()).toEqual([]);
    expect(await decrypt(wrapped)).toEqual(dataKey);
    await expect(test.keys.cancelDeletion(keyId, by)).rejects.toMatchObject(
      code('KMSInvalidStateException'),
    );
  });

  it.each([6, 31, 0, -7, 7.5, Number.NaN])('no waiting period of %d days', async (waitingDays) => {
    await expect(test.keys.scheduleDeletion(keyId, { ...by, waitingDays })).rejects.toMatchObject(
      code('ValidationException'),
    );
    expect(test.keys.describe(keyId).state).toBe('Enabled');
  });

  it('tells of a change in the turn in which it begins to hold', async () => {
    const changes: KeyChange[] = [];
    const states: string[] = [];
    const stop = test.keys.on('changed', (change) => {
      changes.push(change);
      if (change.state !== 'Deleted') states.push(test.keys.describe(keyId).state);
    });
    await test.keys.disable(keyId, by);
    await test.keys.enable(keyId, by);
    await test.keys.rotate(keyId, by);
    await test.keys.scheduleDeletion(keyId, { ...by, waitingDays: 7 });
    test.now = new Date('2027-01-01T00:00:00Z');
    await test.keys.deleteDue();
    stop();
    await test.keys.create({ policy, caller: operator });
    const expected = ['Disabled', 'Enabled', 'Enabled', 'PendingDeletion', 'Deleted'];
    expect(changes).toEqual(expected.map((state) => ({ keyId, state })));
    expect(states).toEqual(expected.slice(0, -1));
  });

  it('tells everybody, also where somebody fails', async () => {
    let heard = 0;
    test.keys.on('changed', () => {
      throw new Error('broken');
    });
    test.keys.on('changed', () => {
      heard += 1;
    });
    await expect(test.keys.disable(keyId, by)).rejects.toBeInstanceOf(AggregateError);
    expect(heard).toBe(1);
    expect(test.keys.describe(keyId).state).toBe('Disabled');
  });
});

describe('a use', () => {
  it('is judged with the key’s policy and the context, and refused where the judge throws', async () => {
    const { wrapped } = await generate();
    const questions: unknown[] = [];
    test.judge = (question) => {
      questions.push(question);
      throw new Error('no');
    };
    test.uses.length = 0;
    const callCount = test.keys.providerCallCount;
    await expect(decrypt(wrapped)).rejects.toMatchObject(code('AccessDeniedException'));
    const { arn: keyArn } = test.keys.describe(keyId);
    const asked = { caller: alice, action: 'kms:Decrypt', keyArn, context };
    expect(questions).toEqual([{ ...asked, keyPolicy: policy }]);
    const use: KeyUse = {
      ...{ caller: alice, action: 'kms:Decrypt', keyArn, keyId, context },
      ...{ outcome: 'refused', code: 'AccessDeniedException' },
    };
    expect(test.uses).toEqual([use]);
    expect(test.keys.providerCallCount).toBe(callCount);
  });

  it('is on record before it is answered, whether allowed or refused', async () => {
    const { wrapped } = await generate();
    let isAnswered = false;
    let wasAnsweredFirst = true;
    test.record = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      wasAnsweredFirst = isAnswered;
    };
    await decrypt(wrapped);
    isAnswered = true;
    expect(wasAnsweredFirst).toBe(false);
    expect(test.uses.map(({ outcome }) => outcome)).toEqual(['allowed', 'allowed']);
    wrapped[wrapped.length - 1] = (wrapped.at(-1) ?? 0) ^ 1;
    await expect(decrypt(wrapped)).rejects.toMatchObject(code('InvalidCiphertextException'));
    expect(test.uses.at(-1)).toMatchObject({
      ...{ outcome: 'refused', code: 'InvalidCiphertextException' },
    });
  });

  it('that cannot be recorded is refused, and no key changes', async () => {
    const { wrapped } = await generate();
    test.record = () => {
      throw new Error('disk full');
    };
    const unavailable = code('KeyUnavailableException');
    await expect(decrypt(wrapped)).rejects.toMatchObject(unavailable);
    await expect(generate()).rejects.toMatchObject(unavailable);
    await expect(test.keys.rotate(keyId, by)).rejects.toMatchObject(unavailable);
    await expect(test.keys.create({ policy, caller: operator })).rejects.toMatchObject(unavailable);
    expect(test.keys.list()).toHaveLength(1);
    expect(test.keys.describe(keyId).versionCount).toBe(1);
    const use = { key: keyId, action: 'kms:Decrypt', context, caller: alice } as const;
    await expect(test.keys.authorizeUse(use)).rejects.toMatchObject(unavailable);
  });

  it('never has a data key in its record or its refusal', async () => {
    const { dataKey, wrapped } = await generate();
    await decrypt(wrapped);
    const text = JSON.stringify(test.uses);
    expect(text).not.toContain(dataKey.toString('base64'));
    expect(text).not.toContain(dataKey.toString('hex'));
  });
});

describe('the register of keys', () => {
  it('that is damaged, or that others may read, is not replaced by an empty one', async () => {
    const content = await readFile(test.storePath);
    await writeFile(test.storePath, content.subarray(0, 50));
    await expect(test.reopen()).rejects.toMatchObject(code('KeyUnavailableException'));
    await writeFile(test.storePath, content);
    await chmod(test.storePath, 0o644);
    await expect(test.reopen()).rejects.toMatchObject(code('KeyUnavailableException'));
    await chmod(test.storePath, 0o600);
    await test.reopen();
    expect(test.keys.list()).toHaveLength(1);
  });

  it('says what is lost when the keyring is, before anything is served', async () => {
    const { wrapped } = await generate();
    const keyring = await readFile(test.keyring.keyringPath);
    await rm(test.keyring.keyringPath);
    const error = await test.reopen().catch((reason: Error) => reason);
    expect(error).toMatchObject(code('KeyUnavailableException'));
    expect((error as Error).message).toContain(keyId);
    await writeFile(test.keyring.keyringPath, keyring, { mode: 0o600 });
    await test.reopen();
    expect(await decrypt(wrapped)).toHaveLength(32);
  });

  it('and memory agree when a change cannot be written', async () => {
    await rm(test.folder, { recursive: true });
    await expect(test.keys.disable(keyId, by)).rejects.toMatchObject(
      code('KeyUnavailableException'),
    );
    expect(test.keys.describe(keyId).state).toBe('Enabled');
    await generate();
  });
});
