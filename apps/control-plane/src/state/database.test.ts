import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { openState } from './database.ts';
import { readInstallationId } from './installation.ts';
import { migrations } from './migrations.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-state-'));
  path = join(folder, 'state.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const aPerson = {
  profile_name: 'alice',
  password_hash: null,
  must_change_password: 1,
  disabled: 0,
  host_uid: 200_000,
  language: 'en',
  theme: 'system',
  created_at: 0,
} as const;

describe('the state', () => {
  it('is for its owner alone, durable, and checks what refers to what', async () => {
    const state = await openState(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const pragma = async (name: string) => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(state);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    await expect(state.insertInto('people').values(aPerson).execute()).rejects.toThrow(/FOREIGN/);
    await state.destroy();
  });

  it('is held by one process at a time', async () => {
    const state = await openState(path);
    const reading = () => runElsewhere(`database.prepare('select * from people').all();`);
    expect(reading).toThrow(/locked/);
    await expect(openState(path)).rejects.toMatchObject({ code: 'StateInUse' });
    await state.destroy();
  });

  it('survives kill -9 of its process with everything that was committed', async () => {
    const killed = () =>
      runElsewhere(`
        for (const name of ['locking_mode=exclusive', 'journal_mode=wal', 'synchronous=full'])
          database.prepare('pragma ' + name).all();
        database.exec(${JSON.stringify(migrations.join('\n'))});
        database.exec('pragma user_version = ${migrations.length}');
        database.prepare("insert into installation values ('committed', 1)").run();
        database.exec('begin');
        database.prepare("insert into installation values ('uncommitted', 1)").run();
        process.kill(process.pid, 'SIGKILL');`);
    expect(killed).toThrow();
    const state = await openState(path);
    expect(await state.selectFrom('installation').select('installation_id').execute()).toEqual([
      { installation_id: 'committed' },
    ]);
    await state.destroy();
  });

  it('writes the same statement with other values, also after one of them was refused', async () => {
    const state = await openState(path);
    const insert = (name: string) =>
      state.insertInto('installation').values({ installation_id: name, created_at: 1 }).execute();
    const names = async () => {
      const rows = await state.selectFrom('installation').select('installation_id').execute();
      return rows.map((row) => row.installation_id);
    };
    await insert('first');
    await expect(insert('first')).rejects.toThrow(/UNIQUE/);
    await insert('second');
    await state
      .transaction()
      .execute(async (transaction) => {
        await transaction.deleteFrom('installation').execute();
        throw new Error('taken back');
      })
      .catch(() => undefined);
    await insert('third');
    expect(await names()).toEqual(['first', 'second', 'third']);
    await state.destroy();
  });

  it('of a later version is refused and left alone', async () => {
    runElsewhere(`database.exec('pragma user_version = ${migrations.length + 1}');`);
    await expect(openState(path)).rejects.toMatchObject({ code: 'StateTooNew' });
  });

  it('gives the installation one name for good', async () => {
    const state = await openState(path);
    const name = await readInstallationId(state, systemClock);
    expect(await readInstallationId(state, systemClock)).toBe(name);
    expect(name).toMatch(/^[0-9a-f]{12}$/);
    await state.destroy();
  });
});

/** In a process of its own, since a lock ends with its process. */
function runElsewhere(program: string): void {
  const libsql = createRequire(import.meta.url).resolve('libsql');
  const opening = `const database = new (require(${JSON.stringify(libsql)}))(process.argv[1]);`;
  execFileSync(process.execPath, ['-e', opening + program, path], { stdio: 'pipe' });
}
