import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileName } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { inspectHost } from '@strongroom/sandbox';
import type { KeyService } from '@strongroom/sealing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainFile } from '../config/domain-file.ts';
import { composeKeys } from '../keys/compose-keys.ts';
import { collectLog } from '../studios/testing/collected-log.ts';
import { eventually } from '../studios/testing/eventually.ts';
import { composeHomes } from './compose-homes.ts';
import { homesKeyAlias } from './home-secrets-keyring.ts';
import type { Homes } from './homes.ts';

const alice = 'alice' as ProfileName;
const hostUid = process.getuid?.() === 0 ? 360_001 : undefined;
const operator = { caller: { principal: 'operator' } };
let folder: string;
let domain: Domain;
let keys: KeyService;
let homes: Homes;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-homes-'));
  ({ domain } = await DomainFile.open(join(folder, 'strongroom.yaml')));
  await open(true);
});
afterEach(async () => {
  await homes.close();
  await keys.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(isEncrypted: boolean): Promise<void> {
  const { setup, controls: all } = await inspectHost();
  const controls = all.filter(({ control }) => isEncrypted || control !== 'home-encryption');
  if (setup === undefined) throw new Error('This host runs no sandboxes');
  const clock = () => new Date();
  const nothing = () => undefined;
  keys = await composeKeys({
    ...{ domain, clock, audit: { keyUsed: async () => undefined } },
    authorize: async () => undefined,
  });
  const audit = { homeEncrypted: nothing, homeShredded: nothing };
  const log = collectLog();
  ({ homes } = await composeHomes({ domain, setup, controls, keys, audit, clock, log }));
}

describe("the domain's homes", () => {
  it('are all taken away within a second when their key is disabled', async () => {
    const home = await homes.open(alice, hostUid);
    await writeFile(join(home.folder, 'a.txt'), 'kept');
    const before = performance.now();
    await keys.disable(homesKeyAlias, operator);
    expect(await home.lost).toMatch(/disabled/);
    await eventually(() => readdir(join(domain.dataFolder, 'run', 'homes'))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1000);
    const refused = { code: 'KeyNotUsable' };
    await expect(homes.open(alice, hostUid)).rejects.toMatchObject(refused);
    await keys.enable(homesKeyAlias, operator);
    const again = await homes.open(alice, hostUid);
    expect(await readdir(again.folder)).toEqual(['a.txt']);
    await again.close();
  });

  it('are not shown empty by a machine that cannot decrypt them any more', async () => {
    await (await homes.open(alice, hostUid)).close();
    await homes.close();
    await keys.close();
    await open(false);
    const refused = { code: 'VolumeUnavailable' };
    await expect(homes.open(alice, hostUid)).rejects.toMatchObject(refused);
    const bob = await homes.open('bob' as ProfileName, hostUid);
    await writeFile(join(bob.folder, 'b.txt'), 'plain');
    await bob.close();
    await homes.close();
    await keys.close();
    await open(true);
    const encrypted = await homes.open('bob' as ProfileName, hostUid);
    expect(await readdir(encrypted.folder)).toEqual(['b.txt']);
    await encrypted.close();
  });
});
