import { randomUUID } from 'node:crypto';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyProviderContract } from '../../testing/key-provider-contract.ts';
import { LocalKeyring } from './local-keyring.ts';

keyProviderContract('the local keyring with a root key file', async () => {
  const place = await mkdtemp(join(tmpdir(), 'strongroom-keyring-'));
  const options = optionsIn(place);
  const provider = await LocalKeyring.open(options);
  return {
    provider,
    reopen: () => LocalKeyring.open(options),
    close: async () => {
      await provider.close();
      await rm(place, { recursive: true, force: true });
    },
  };
});

const passphrase = 'correct horse battery staple';
const context = { purpose: 'test' };
const unavailable = { name: 'KeyError', code: 'KeyUnavailableException' };
let folder: string;

function optionsIn(place: string) {
  const unlock = { rootKeyPath: join(place, 'root.key') };
  return { keyringPath: join(place, 'keyring.json'), unlock };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-keyring-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the files of a local keyring', () => {
  it('are made with the first key, for their owner alone, and hold no material in the clear', async () => {
    const options = optionsIn(folder);
    const keyring = await LocalKeyring.open(options);
    expect(await readdir(folder)).toEqual([]);
    const keyId = randomUUID();
    await keyring.createKey(keyId);
    expect((await readdir(folder)).sort()).toEqual(['keyring.json', 'root.key']);
    for (const name of ['keyring.json', 'root.key']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    const [material] = keyring.exportKeys().get(keyId) ?? [];
    const content = await readFile(options.keyringPath);
    expect(content.includes((material as Buffer).toString('base64'))).toBe(false);
    expect(content.includes((material as Buffer).toString('hex'))).toBe(false);
    await keyring.close();
  });

  it.each(['keyring.json', 'root.key'])('are refused when others may read %s', async (name) => {
    await makeKey(optionsIn(folder));
    await chmod(join(folder, name), 0o640);
    await expect(LocalKeyring.open(optionsIn(folder))).rejects.toMatchObject(unavailable);
  });

  it.skipIf(process.getuid?.() !== 0)('are refused when they are another user’s', async () => {
    await makeKey(optionsIn(folder));
    await chown(join(folder, 'root.key'), 65_534, 65_534);
    await expect(LocalKeyring.open(optionsIn(folder))).rejects.toMatchObject(unavailable);
  });

  it('leave no draft behind, also none that a crash left', async () => {
    await writeFile(join(folder, 'keyring.json.draft'), 'half', { mode: 0o644 });
    await makeKey(optionsIn(folder));
    expect((await readdir(folder)).sort()).toEqual(['keyring.json', 'root.key']);
    expect((await stat(join(folder, 'keyring.json'))).mode & 0o777).toBe(0o600);
  });

  it('hold all keys that were made at once', async () => {
    const keyring = await LocalKeyring.open(optionsIn(folder));
    const keyIds = Array.from({ length: 20 }, () => randomUUID());
    await Promise.all(keyIds.map((keyId) => keyring.createKey(keyId)));
    await Promise.all(keyIds.map((keyId) => keyring.rotate(keyId)));
    await keyring.close();
    const reopened = await LocalKeyring.open(optionsIn(folder));
    await reopened.checkKeys(keyIds);
    expect([...reopened.exportKeys().values()].map(({ length }) => length)).toEqual(
      keyIds.map(() => 2),
    );
    await reopened.close();
  });

  it('cannot have one version put in another’s place', async () => {
    const { keyId } = await makeKey(optionsIn(folder), 1);
    const path = join(folder, 'keyring.json');
    const document = JSON.parse(await readFile(path, 'utf8'));
    document.keys[keyId].reverse();
    await writeFile(path, JSON.stringify(document));
    const keyring = await LocalKeyring.open(optionsIn(folder));
    await expect(keyring.generateDataKey(keyId, context)).rejects.toMatchObject(unavailable);
    await keyring.close();
  });

  it('are not touched by a change that cannot be written', async () => {
    const { keyId } = await makeKey(optionsIn(folder));
    const keyring = await LocalKeyring.open(optionsIn(folder));
    const { dataKey, wrapped } = await keyring.generateDataKey(keyId, context);
    await rm(folder, { recursive: true });
    await expect(keyring.rotate(keyId)).rejects.toThrow();
    expect(await keyring.decrypt(keyId, wrapped, context)).toEqual(dataKey);
    expect(keyring.exportKeys().get(keyId)).toHaveLength(1);
    await keyring.close();
  });
});

describe('what is lost', () => {
  it('is named when the root key is missing, another one or cut', async () => {
    await makeKey(optionsIn(folder));
    const rootKey = join(folder, 'root.key');
    await writeFile(rootKey, Buffer.alloc(32, 1));
    await expect(LocalKeyring.open(optionsIn(folder))).rejects.toMatchObject(unavailable);
    await writeFile(rootKey, Buffer.alloc(31, 1));
    await expect(LocalKeyring.open(optionsIn(folder))).rejects.toMatchObject(unavailable);
    await rm(rootKey);
    const error = await LocalKeyring.open(optionsIn(folder)).catch((reason: Error) => reason);
    expect(error).toMatchObject(unavailable);
    expect((error as Error).message).toContain(rootKey);
    expect(await readdir(folder)).toEqual(['keyring.json']);
  });

  it('is named when the keyring is missing or lacks a key, and no empty one takes its place', async () => {
    const { keyId } = await makeKey(optionsIn(folder));
    const other = randomUUID();
    const keyring = await LocalKeyring.open(optionsIn(folder));
    const error = await keyring.checkKeys([keyId, other]).catch((reason: Error) => reason);
    expect(error).toMatchObject(unavailable);
    expect((error as Error).message).toContain(other);
    expect((error as Error).message).not.toContain(keyId);
    await keyring.close();
    await rm(join(folder, 'keyring.json'));
    const empty = await LocalKeyring.open(optionsIn(folder));
    await expect(empty.checkKeys([keyId])).rejects.toMatchObject(unavailable);
    await empty.close();
    expect(await readdir(folder)).toEqual(['root.key']);
  });

  it('is said of a keyring that is damaged', async () => {
    await makeKey(optionsIn(folder));
    const path = join(folder, 'keyring.json');
    await writeFile(path, (await readFile(path)).subarray(0, 100));
    await expect(LocalKeyring.open(optionsIn(folder))).rejects.toMatchObject(unavailable);
  });
});

describe('a keyring under a passphrase', () => {
  const options = () => ({ keyringPath: join(folder, 'keyring.json'), unlock: { passphrase } });

  it('opens with the passphrase, however its characters are composed, and with nothing else', async () => {
    const composed = 'ein schlüssel für alles';
    const unlock = { passphrase: composed.normalize('NFC') };
    const { keyId, dataKey, wrapped } = await makeKey({ ...options(), unlock });
    expect(await readdir(folder)).toEqual(['keyring.json']);
    const decomposed = { passphrase: composed.normalize('NFD') };
    const keyring = await LocalKeyring.open({ ...options(), unlock: decomposed });
    expect(await keyring.decrypt(keyId, wrapped, context)).toEqual(dataKey);
    await keyring.close();
    for (const wrong of [{ passphrase }, { rootKeyPath: join(folder, 'root.key') }]) {
      const opening = LocalKeyring.open({ ...options(), unlock: wrong });
      await expect(opening).rejects.toMatchObject(unavailable);
    }
    const content = await readFile(options().keyringPath, 'utf8');
    expect(content).not.toContain(composed);
  });

  it('refuses a short one', async () => {
    const unlock = { passphrase: 'elevenchars' };
    const keyring = await LocalKeyring.open({ ...options(), unlock });
    await expect(keyring.createKey(randomUUID())).rejects.toMatchObject({
      code: 'ValidationException',
    });
    expect(await readdir(folder)).toEqual([]);
    await keyring.close();
  });
});

async function makeKey(options: Parameters<typeof LocalKeyring.open>[0], rotationCount = 0) {
  const keyring = await LocalKeyring.open(options);
  const keyId = randomUUID();
  await keyring.createKey(keyId);
  for (let count = 0; count < rotationCount; count += 1) await keyring.rotate(keyId);
  const made = await keyring.generateDataKey(keyId, context);
  await keyring.close();
  return { keyId, ...made };
}
