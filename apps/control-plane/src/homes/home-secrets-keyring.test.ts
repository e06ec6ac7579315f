import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import type { KeyService, KeyUse } from '@strongroom/sealing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainFile } from '../config/domain-file.ts';
import { composeKeys, ensureKey } from '../keys/compose-keys.ts';
import type { HomeSecrets } from './home-secrets.ts';
import { homesKeyAlias, keyringHomeSecrets } from './home-secrets-keyring.ts';

const alice = 'alice' as ProfileName;
const bob = 'bob' as ProfileName;
const operator = { caller: { principal: 'operator' } };
let folder: string;
let keys: KeyService;
let secrets: HomeSecrets;
let uses: KeyUse[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'home-secrets-'));
  uses = [];
  await open();
});
afterEach(async () => {
  await keys.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const { domain } = await DomainFile.open(join(folder, 'strongroom.yaml'));
  const keyUsed = async (use: KeyUse) => void uses.push(use);
  keys = await composeKeys({
    ...{ domain, clock: () => new Date(), audit: { keyUsed } },
    authorize: async () => undefined,
  });
  await ensureKey(keys, { alias: homesKeyAlias, description: 'test', domain });
  secrets = keyringHomeSecrets({ keys, arnOf: (name) => `arn:aws:test:::${name}` });
}

describe('the secret of a home', () => {
  it('opens again after a restart, for its own profile alone, and each use is recorded', async () => {
    const { secret, wrapped } = await secrets.create(alice);
    expect(secret.length).toBe(32);
    await keys.close();
    await open();
    expect(await secrets.open(alice, wrapped)).toEqual(secret);
    await expect(secrets.open(bob, wrapped)).rejects.toMatchObject({ code: 'SecretDamaged' });
    expect(uses.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'kms:CreateKey allowed',
      'kms:GenerateDataKey allowed',
      'kms:Decrypt allowed',
      'kms:Decrypt refused',
    ]);
    expect(uses.at(-2)?.context).toEqual({ 'strongroom:home': 'arn:aws:test:::alice' });
    expect(keys.list()).toHaveLength(1);
  });

  it('opens after the key was rotated, and not while it is disabled or to be deleted', async () => {
    const { secret, wrapped } = await secrets.create(alice);
    const changes: boolean[] = [];
    const end = secrets.onChanged(() => void changes.push(secrets.isUsable(wrapped)));
    await keys.rotate(homesKeyAlias, operator);
    expect(await secrets.open(alice, wrapped)).toEqual(secret);
    await keys.disable(homesKeyAlias, operator);
    const refused = { code: 'KeyNotUsable' };
    await expect(secrets.open(alice, wrapped)).rejects.toMatchObject(refused);
    await expect(secrets.create(bob)).rejects.toMatchObject(refused);
    await keys.enable(homesKeyAlias, operator);
    await keys.scheduleDeletion(homesKeyAlias, { ...operator, waitingDays: 7 });
    await expect(secrets.open(alice, wrapped)).rejects.toMatchObject(refused);
    end();
    expect(changes).toEqual([true, false, true, false]);
  });

  it('is not usable where it is none', () => {
    expect(secrets.isUsable(Buffer.from('nonsense'))).toBe(false);
  });
});
