import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyStoreFile } from '../../keys/key-store-file.ts';
import { alice, openTestKeys, operator, type TestKeys } from '../../testing/test-keys.ts';
import { backupKeyring, type KeyringBackupOptions, restoreKeyring } from './keyring-backup.ts';

const context = { purpose: 'test' };
const passphrase = 'only for the back-up';
const by = { caller: operator };
let test: TestKeys;
let keyId: string;

beforeEach(async () => {
  test = await openTestKeys();
  keyId = (await test.keys.create({ alias: 'alias/data', policy: {}, caller: operator })).keyId;
  await test.keys.rotate(keyId, by);
});
afterEach(() => test.close());

const options = (): KeyringBackupOptions => ({
  ...{ keyring: test.keyring, store: new KeyStoreFile(test.storePath), passphrase },
  ...{ backupPath: join(test.folder, 'backup'), clock: () => test.now },
});
const generate = (key = keyId) => test.keys.generateDataKey({ key, context, caller: alice });
const decrypt = (wrapped: Buffer) => test.keys.decrypt({ wrapped, context, caller: alice });

async function loseEverything(): Promise<void> {
  for (const path of [test.keyring.keyringPath, test.keyring.unlock.rootKeyPath, test.storePath]) {
    await rm(path);
  }
}

describe('a back-up of the keyring', () => {
  it('brings everything back to a machine that has nothing but it and the passphrase', async () => {
    const { dataKey, wrapped } = await generate();
    expect(await backupKeyring(options())).toEqual([keyId]);
    await loseEverything();
    expect(await restoreKeyring(options())).toEqual({ restoredKeyIds: [keyId], lostKeyIds: [] });
    await test.reopen();
    expect(await decrypt(wrapped)).toEqual(dataKey);
    expect(test.keys.describe('alias/data')).toMatchObject({ keyId, versionCount: 2 });
  });

  it('is for its owner alone, and sealed', async () => {
    await backupKeyring(options());
    const { backupPath } = options();
    expect((await stat(backupPath)).mode & 0o777).toBe(0o600);
    expect(await readFile(backupPath, 'utf8')).not.toContain(keyId);
  });

  it('can be restored under a passphrase', async () => {
    const { dataKey, wrapped } = await generate();
    await backupKeyring(options());
    await loseEverything();
    const unlock = { passphrase: 'another passphrase' };
    await restoreKeyring({ ...options(), keyring: { ...test.keyring, unlock } });
    await expect(test.reopen()).rejects.toMatchObject({ code: 'KeyUnavailableException' });
    await loseKeyringOnly();
    await restoreKeyring(options());
    await test.reopen();
    expect(await decrypt(wrapped)).toEqual(dataKey);
  });

  it('is refused with another passphrase, damaged in any part, or not there', async () => {
    await backupKeyring(options());
    await loseEverything();
    const invalid = { name: 'KeyError', code: 'InvalidCiphertextException' };
    const wrong = restoreKeyring({ ...options(), passphrase: 'not the passphrase' });
    await expect(wrong).rejects.toMatchObject(invalid);
    const { backupPath } = options();
    const backup = await readFile(backupPath, 'utf8');
    const parsed = JSON.parse(backup);
    const changes = [
      backup.slice(0, -20),
      backup.replace('"version":1', '"version":2'),
      JSON.stringify({ ...parsed, createdAt: '2020-01-01T00:00:00.000Z' }),
      JSON.stringify({ ...parsed, derivation: { ...parsed.derivation, passes: 1 } }),
      JSON.stringify({ ...parsed, sealed: `A${parsed.sealed.slice(1)}A===` }),
      '',
    ];
    for (const changed of changes) {
      await writeFile(backupPath, changed);
      await expect(restoreKeyring(options())).rejects.toMatchObject(invalid);
    }
    await rm(backupPath);
    await expect(restoreKeyring(options())).rejects.toMatchObject({ code: 'NotFoundException' });
  });

  it('overwrites no keyring that has keys', async () => {
    const { wrapped } = await generate();
    await backupKeyring(options());
    await expect(restoreKeyring(options())).rejects.toMatchObject({
      code: 'AlreadyExistsException',
    });
    await test.reopen();
    await decrypt(wrapped);
  });

  it('that is older says which keys are lost, and leaves what was destroyed destroyed', async () => {
    const { wrapped } = await generate();
    await backupKeyring(options());
    const { keyId: younger } = await test.keys.create({ policy: {}, caller: operator });
    const { keyId: another } = await test.keys.create({ policy: {}, caller: operator });
    await test.keys.scheduleDeletion(keyId, { ...by, waitingDays: 7 });
    test.now = new Date('2026-04-01T00:00:00Z');
    await test.keys.deleteDue();
    await loseKeyringOnly();
    const restored = await restoreKeyring(options());
    expect(restored).toEqual({ restoredKeyIds: [], lostKeyIds: [younger, another] });
    await test.reopen();
    for (const attempt of [decrypt(wrapped), generate(younger)]) {
      await expect(attempt).rejects.toMatchObject({ code: 'NotFoundException' });
    }
  });

  it('is not made of a keyring that lacks a key, nor with a short passphrase', async () => {
    const short = backupKeyring({ ...options(), passphrase: 'short' });
    await expect(short).rejects.toMatchObject({ code: 'ValidationException' });
    await loseKeyringOnly();
    await expect(backupKeyring(options())).rejects.toMatchObject({
      code: 'KeyUnavailableException',
    });
    await expect(stat(options().backupPath)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

async function loseKeyringOnly(): Promise<void> {
  await rm(test.keyring.keyringPath);
  await rm(test.keyring.unlock.rootKeyPath, { force: true });
}
