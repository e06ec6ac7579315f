import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState, type State } from '../../state/database.ts';
import { TemporaryCredentials } from './temporary-credentials.ts';

const alice = { profileName: 'alice' as ProfileName, appId: 'a'.repeat(32) as AppId };
const bob = { profileName: 'bob' as ProfileName, appId: 'b'.repeat(32) as AppId };
const hour = 3_600_000;
let dataFolder: string;
let state: State;
let now: number;

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'strongroom-credentials-'));
  state = await openState(join(dataFolder, 'state.sqlite'));
  now = Date.now();
});
afterEach(async () => {
  await state.destroy();
  rmSync(dataFolder, { recursive: true });
});

const open = () => TemporaryCredentials.open({ state, dataFolder, clock: () => new Date(now) });

describe('temporary credentials', () => {
  it("have AWS's form, last an hour and are found by id and token", async () => {
    const credentials = await open();
    const set = await credentials.issue(alice);
    expect(set.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(set.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(set.expiresAt).toEqual(new Date(now + hour));
    const { secretAccessKey } = set;
    const found = await credentials.find(set.accessKeyId, set.sessionToken);
    expect(found).toEqual({ ...alice, secretAccessKey });
    const other = await credentials.issue(alice);
    expect(other.secretAccessKey).not.toBe(secretAccessKey);
  });

  it('expire', async () => {
    const credentials = await open();
    const set = await credentials.issue(alice);
    now += hour - 1;
    expect(await credentials.find(set.accessKeyId, set.sessionToken)).toMatchObject(alice);
    now += 1;
    expect(await credentials.find(set.accessKeyId, set.sessionToken)).toBe('ExpiredToken');
  });

  it('are not found with a token that was changed, or is of another set', async () => {
    const credentials = await open();
    const [first, second] = [await credentials.issue(alice), await credentials.issue(bob)];
    const [text = '', code = ''] = first.sessionToken.split('.');
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
    const longer = JSON.stringify({ ...content, expiresAt: now + 9 * hour });
    const wrong = [
      second.sessionToken,
      `${Buffer.from(longer).toString('base64url')}.${code}`,
      `${text}.${code}=`,
      `${text}.${code}.`,
      `${text}.`,
      text,
      '',
      'x'.repeat(100_000),
    ];
    for (const token of wrong) {
      expect(await credentials.find(first.accessKeyId, token)).toBe('InvalidClientTokenId');
    }
    const swapped = await credentials.find(second.accessKeyId, first.sessionToken);
    expect(swapped).toBe('InvalidClientTokenId');
  });

  it('end with their person, their studio, and the control plane', async () => {
    const credentials = await open();
    const find = async (set: { accessKeyId: string; sessionToken: string }) => {
      const found = await credentials.find(set.accessKeyId, set.sessionToken);
      return typeof found === 'string' ? found : found.profileName;
    };
    const sets = [await credentials.issue(alice), await credentials.issue(bob)] as const;
    await credentials.endOfPerson(alice.profileName);
    expect(await Promise.all(sets.map(find))).toEqual(['InvalidClientTokenId', 'bob']);
    await credentials.endOfApp(bob.appId);
    expect(await find(sets[1])).toBe('InvalidClientTokenId');
    const last = await credentials.issue(alice);
    await open();
    expect(await find(last)).toBe('InvalidClientTokenId');
  });

  it('are not found once nothing is known of them', async () => {
    const credentials = await open();
    const set = await credentials.issue(alice);
    await state.deleteFrom('temporary_credentials').execute();
    expect(await credentials.find(set.accessKeyId, set.sessionToken)).toBe('InvalidClientTokenId');
  });

  it('leave no secret in the state', async () => {
    const credentials = await open();
    const { secretAccessKey, sessionToken } = await credentials.issue(alice);
    const rows = JSON.stringify(
      await state.selectFrom('temporary_credentials').selectAll().execute(),
    );
    expect(rows).not.toContain(secretAccessKey);
    expect(rows).not.toContain(sessionToken);
  });

  it('are of no use under another root key, and a start refuses one that others may read', async () => {
    const set = await (await open()).issue(alice);
    const keyPath = join(dataFolder, 'keys', 'credentials.key');
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    const before = readFileSync(keyPath, 'utf8');
    rmSync(keyPath);
    const renewed = await open();
    expect(readFileSync(keyPath, 'utf8')).not.toBe(before);
    expect(await renewed.find(set.accessKeyId, set.sessionToken)).toBe('InvalidClientTokenId');
    chmodSync(keyPath, 0o604);
    await expect(open()).rejects.toMatchObject({ code: 'KeyFileUnusable' });
  });
});
