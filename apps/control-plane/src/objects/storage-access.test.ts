import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { domainWith } from '../policies/testing/authorize-for.ts';
import { openState, type State } from '../state/database.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import type { StorageAsker } from './storage-access.ts';
import { openTestStorage, type TestStorage } from './testing/test-storage.ts';

const bucket = 'research-risk-models';
const alice = newPerson('alice', 1, { team: 'risk-models' });
const paula = newPerson('paula', 2, { team: 'platform' });
const admin = newPerson('admin', 3, { team: 'platform', role: 'administrator' });
const people = new Map<string, Person>(
  [alice, paula, admin].map((each) => [each.profileName, each]),
);

const notebookOf = (profileName: ProfileName): StorageAsker => ({
  ...{ acting: { kind: 'execution-role', profileName }, from: 'studio' },
});
const consoleOf = (person: Person): StorageAsker => ({
  ...{ acting: { kind: 'person', person }, from: 'console' },
});

let state: State;
let storage: TestStorage;

beforeEach(async () => {
  state = await openState(':memory:');
  const directory = {
    find: async (name: string) => people.get(name),
    list: async () => [...people.values()],
  };
  const made = domainWith(() => people.values())();
  storage = await openTestStorage({
    ...{ domain: () => made, people: directory, state, clock: () => new Date() },
  });
});
afterEach(async () => {
  await storage.close();
  await state.destroy();
});

function write(asker: StorageAsker, key: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const place = { bucket, key, contentType: 'text/plain', sizeBytes: bytes.length };
  return storage.access.write(asker, { ...place, body: chunks(bytes) });
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function read(asker: StorageAsker, key: string): Promise<string> {
  const { stream } = await storage.access.read(asker, { bucket, key });
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('buckets of the domain file', () => {
  it('are written and read by a team that may, from studios and from the console', async () => {
    await write(notebookOf(alice.profileName), 'rates/today.csv', 'a,b');
    expect(await read(consoleOf(alice), 'rates/today.csv')).toBe('a,b');
    const asker = consoleOf(alice);
    const { commonPrefixes } = await storage.access.listFolder(asker, { bucket, prefix: '' });
    expect(commonPrefixes).toEqual(['rates/']);
    await storage.access.remove(asker, { bucket, key: 'rates/today.csv' });
    await expect(read(asker, 'rates/today.csv')).rejects.toMatchObject({ code: 'ObjectNotFound' });
  });

  it('are closed to everybody else, administrators included, and the rule is named', async () => {
    await write(notebookOf(alice.profileName), 'secret.csv', 'x');
    for (const asker of [consoleOf(paula), notebookOf(paula.profileName), consoleOf(admin)]) {
      await expect(read(asker, 'secret.csv')).rejects.toMatchObject({
        ...{ code: 'AccessDenied', values: { rule: 'implicit-deny' } },
      });
      await expect(write(asker, 'mine.csv', 'y')).rejects.toMatchObject({ code: 'AccessDenied' });
      await expect(storage.access.listFolder(asker, { bucket, prefix: '' })).rejects.toMatchObject({
        code: 'AccessDenied',
      });
    }
  });

  it('are named only to whoever may list them', async () => {
    const names = async (asker: StorageAsker) =>
      (await storage.access.listBuckets(asker)).map((info) => info.bucket);
    expect(await names(consoleOf(alice))).toEqual(['research-reference', bucket]);
    expect(await names(notebookOf(paula.profileName))).toEqual(['research-reference']);
    const info = (await storage.access.listBuckets(consoleOf(alice)))[0];
    if (info === undefined) throw new Error('No bucket');
    expect(await storage.access.permissionsOn(consoleOf(alice), info)).toEqual({
      ...{ mayList: true, mayRead: true, mayWrite: false, mayDelete: false },
    });
  });

  it('are unreadable while their key is disabled, and readable again after', async () => {
    await write(notebookOf(alice.profileName), 'kept.txt', 'still here');
    const { keyId } = storage.keys.describe('alias/strongroom-data');
    await storage.keys.disable(keyId, { caller: { principal: 'operator' } });
    const asker = notebookOf(alice.profileName);
    await expect(read(asker, 'kept.txt')).rejects.toMatchObject({ code: 'KeyUnavailable' });
    await storage.keys.enable(keyId, { caller: { principal: 'operator' } });
    expect(await read(asker, 'kept.txt')).toBe('still here');
  });

  it('leave nothing readable on the disk', async () => {
    const canary = 'canary-4f1d7c55-of-nobody';
    await write(notebookOf(alice.profileName), 'plain.txt', canary);
    await write(notebookOf(alice.profileName), 'large.bin', canary.repeat(200_000));
    const names = await readdir(storage.dataFolder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const { path, name } of files) {
      const bytes = await readFile(join(path, name));
      expect(bytes.includes(canary), name).toBe(false);
    }
  });

  it('use the key in the name of whoever asked', async () => {
    await write(notebookOf(alice.profileName), 'a.txt', 'a');
    expect(storage.uses).toContain('kms:GenerateDataKey allowed');
    const { arn } = storage.keys.describe('alias/strongroom-data');
    const caller = { principal: 'arn:aws:sts::000000000000:assumed-role/strongroom-research-x/y' };
    const asked = storage.keys.generateDataKey({
      key: arn,
      context: { 'aws:s3:arn': 'x' },
      caller,
    });
    await expect(asked).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
