import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from '../audit/audit-log.ts';
import { systemClock } from '../clock.ts';
import { DomainFile } from '../config/domain-file.ts';
import { removePersonFromText } from '../config/edit-people.ts';
import { openState, type State } from '../state/database.ts';
import { composeIdentity } from './compose-identity.ts';

let folder: string;
let path: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-identity-'));
  path = join(folder, 'strongroom.yaml');
  state = await openState(join(folder, 'state.sqlite'));
});
afterEach(async () => {
  await state.destroy();
  await rm(folder, { recursive: true });
});

/** As after a start. */
async function identityNow() {
  const domainFile = await DomainFile.open(path);
  const audit = new AuditLog({ append: async () => undefined }, pino({ level: 'silent' }));
  return composeIdentity({ domainFile, state, clock: systemClock, audit });
}

describe('a start', () => {
  it('gives a one-time password to whoever is new in the domain file, once', async () => {
    const created = await (await identityNow()).administration.adoptDomainFile();
    expect(created.map(({ profileName }) => profileName)).toEqual(['admin', 'alice', 'bob']);
    expect(await (await identityNow()).administration.adoptDomainFile()).toEqual([]);
  });

  it('takes the state of whoever was taken out of the file, and keeps their home', async () => {
    await (await identityNow()).administration.adoptDomainFile();
    await writeFile(path, removePersonFromText(await readFile(path, 'utf8'), 'bob'));
    const { administration, events, people } = await identityNow();
    const removed: unknown[] = [];
    events.on('removed', (event) => removed.push(event));
    await administration.adoptDomainFile();
    expect(removed).toEqual([{ profileName: 'bob', deleteHome: false }]);
    expect((await people.list()).map(({ profileName }) => profileName)).toEqual(['admin', 'alice']);
  });

  it('numbers host uids from 200000 and never gives one twice', async () => {
    const { administration, people } = await identityNow();
    await administration.adoptDomainFile();
    const uids = (await people.list()).map(({ hostUid }) => hostUid);
    expect(uids).toEqual([200_000, 200_001, 200_002]);
    await administration.removePerson('bob' as never, { deleteHome: true });
    const bob = { displayName: 'Bob', role: 'data-scientist', team: 'platform' } as const;
    await administration.addPerson({ ...bob, profileName: 'bob' as never });
    expect((await people.find('bob'))?.hostUid).toBe(200_003);
  });

  it('knows nobody who is in the state but not in the file', async () => {
    const { administration, people } = await identityNow();
    await administration.adoptDomainFile();
    expect(await people.find('zelda')).toBeUndefined();
    expect(await people.find('__proto__')).toBeUndefined();
  });
});

describe('the last administrator', () => {
  it('stays when two are disabled at the same moment', async () => {
    const { administration, people } = await identityNow();
    await administration.adoptDomainFile();
    const carol = { displayName: 'Carol', role: 'administrator', team: 'platform' } as const;
    await administration.addPerson({ ...carol, profileName: 'carol' as never });
    const changes = await Promise.allSettled([
      administration.setDisabled('carol' as never, true),
      administration.setDisabled('admin' as never, true),
    ]);
    expect(changes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const everybody = await people.list();
    expect(everybody.filter(({ disabled }) => disabled)).toHaveLength(1);
  });
});
