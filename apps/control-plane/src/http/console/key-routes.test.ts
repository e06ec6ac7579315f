import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

const key = 'alias/strongroom-data';
const bucket = 'research-risk-models';

let running: RunningConsole;
let admin: BrowserDouble;
beforeEach(async () => {
  running = await runConsole();
  admin = await running.browserOf('admin');
});
afterEach(() => running.close());

const command = (body: object, browser = admin) =>
  browser.send('/api/keys', { method: 'POST', body: { key, ...body } });

describe('the keys of the domain', () => {
  it('are told with what becomes unreadable without each', async () => {
    const alice = await running.browserOf('alice');
    await alice.send(`/api/buckets/${bucket}/objects/content?key=a.txt`, {
      ...{ method: 'PUT', body: 'content' },
      headers: { 'content-type': 'application/octet-stream' },
    });
    const { keys, mayCommand } = (await admin.send('/api/keys')).json;
    expect(mayCommand).toEqual([
      ...['rotate', 'disable', 'enable', 'schedule-deletion', 'cancel-deletion'],
    ]);
    expect(keys).toMatchObject([
      {
        ...{ aliases: [key], state: 'Enabled', provider: 'local', versionCount: 1, lastUse: null },
        seals: {
          buckets: [{ bucket, objectCount: 1, versionCount: 1, sizeBytes: 7 }],
          homes: [],
          repositories: [],
        },
      },
      { aliases: ['alias/strongroom-repositories'], lastUse: null },
    ]);
  });

  it('name every home for the key that seals them', async () => {
    const policy = {};
    const caller = { principal: 'platform' };
    await running.storage.keys.create({ alias: 'alias/strongroom-homes', policy, caller });
    const { keys } = (await admin.send('/api/keys')).json;
    const ofHomes = keys.find((each: { aliases: string[] }) => each.aliases[0]?.endsWith('-homes'));
    expect(ofHomes.seals).toEqual({
      ...{ buckets: [], homes: ['admin', 'alice', 'bob'], repositories: [] },
    });
  });

  it('name every repository for the key that opens their volume', async () => {
    const alice = await running.browserOf('alice');
    const body = { name: 'models', description: '', access: [] };
    const made = await alice.send('/api/repositories', { method: 'POST', body });
    expect(made.status).toBe(201);
    const { keys } = (await admin.send('/api/keys')).json;
    const sealed = keys.map((each: { aliases: string[]; seals: { repositories: string[] } }) => [
      ...[each.aliases[0], each.seals.repositories],
    ]);
    expect(sealed).toContainEqual(['alias/strongroom-repositories', ['models']]);
    expect(sealed).toContainEqual([key, []]);
  });

  it('tell who used them last, by the audit trail', async () => {
    const { keyId, arn } = running.storage.keys.describe(key);
    const principal = 'arn:aws:sts::000000000000:assumed-role/strongroom-research-alice/SageMaker';
    const use = { keyId, keyArn: arn, context: {}, outcome: 'allowed' } as const;
    await running.audit.keyUsed({ ...use, action: 'kms:Decrypt', caller: { principal } });
    await running.audit.keyUsed({ ...use, action: 'kms:EnableKey', caller: { principal: 'x' } });
    const refused = { ...use, outcome: 'refused' } as const;
    await running.audit.keyUsed({ ...refused, action: 'kms:Decrypt', caller: { principal: 'x' } });
    const { keys } = (await admin.send('/api/keys')).json;
    expect(keys[0].lastUse).toEqual({
      ...{ at: '2026-01-01T00:00:00.000Z', action: 'kms:Decrypt' },
      ...{ principal, kind: 'notebook', profileName: 'alice' },
    });
  });

  it('are rotated, disabled, enabled, given up and kept after all', async () => {
    expect((await command({ command: 'rotate' })).json).toMatchObject({ versionCount: 2 });
    expect((await command({ command: 'disable' })).json).toMatchObject({ state: 'Disabled' });
    expect((await command({ command: 'enable' })).json).toMatchObject({ state: 'Enabled' });
    const given = await command({ command: 'schedule-deletion', waitingDays: 7 });
    expect(given.json).toMatchObject({
      ...{ state: 'PendingDeletion', deletionDate: '2026-01-08T00:00:00.000Z' },
    });
    const kept = await command({ command: 'cancel-deletion' });
    expect(kept.json).toMatchObject({ state: 'Disabled', deletionDate: null });
    expect(running.storage.uses.slice(-5)).toEqual([
      ...['kms:RotateKeyOnDemand allowed', 'kms:DisableKey allowed', 'kms:EnableKey allowed'],
      ...['kms:ScheduleKeyDeletion allowed', 'kms:CancelKeyDeletion allowed'],
    ]);
  });

  it.each([
    [{ command: 'cancel-deletion' }, 409, 'KeyNotChanged'],
    [{ command: 'disable', key: 'alias/nothing' }, 404, 'KeyNotFound'],
    [{ command: 'schedule-deletion', waitingDays: 6 }, 400, 'InvalidRequest'],
    [{ command: 'destroy' }, 400, 'InvalidRequest'],
  ])('refuse %j', async (body, status, code) => {
    const answer = await command(body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it('are changed by nobody whom the key’s own policy leaves out, and the rule is told', async () => {
    const caller = { principal: 'operator' };
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Frozen', Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' },
      ],
    };
    await running.storage.keys.putPolicy(key, { policy, caller });
    const answer = await command({ command: 'disable' });
    expect(answer.json.error).toMatchObject({
      ...{ code: 'AccessDenied', values: { action: 'kms:DisableKey', rule: 'key/Frozen' } },
    });
    expect(running.storage.keys.describe(key).state).toBe('Enabled');
  });

  it('are not changed where that cannot be recorded', async () => {
    await running.trail.close();
    expect((await command({ command: 'disable' })).json.error.code).toBe('AuditUnavailable');
    expect(running.storage.keys.describe(key).state).toBe('Enabled');
  });
});
