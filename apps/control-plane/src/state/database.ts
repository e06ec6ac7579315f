import { chmodSync, closeSync, openSync } from 'node:fs';
import { Kysely, SqliteDialect, sql } from 'kysely';
import LibsqlDatabase from 'libsql';
import { StartError } from '../start-error.ts';
import { CountingDatabase } from './counting-database.ts';
import { countWrites } from './kept-reads.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type State = Kysely<Schema>;

const lockTimeoutMilliseconds = 2_000;

/**
 * Opens the installation's only database, creates what is missing and holds it until `destroy()`.
 *
 * `locking_mode=EXCLUSIVE` keeps a second control plane off the same data folder; the kernel
 * releases the lock however this process ends. WAL with `synchronous=FULL` keeps every committed
 * transaction through a power cut (SQLite documentation, "PRAGMA synchronous").
 *
 * @throws {StartError} `StateInUse` (another process has it), `StateTooNew` (a later version made it)
 */
export async function openState(path: string): Promise<State> {
  if (path !== ':memory:') createPrivateFile(path);
  const database = new LibsqlDatabase(path);
  try {
    for (const pragma of [
      `busy_timeout = ${lockTimeoutMilliseconds}`,
      'locking_mode = exclusive',
      'journal_mode = wal',
      'synchronous = full',
      'foreign_keys = on',
      'trusted_schema = off',
    ]) {
      database.prepare(`pragma ${pragma}`).all();
    }
    migrate(database);
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      const message = `Cannot open "${path}": another Strongroom is using this data folder`;
      throw new StartError('StateInUse', message, { cause: error });
    }
    throw error;
  }
  const counting = new CountingDatabase(database);
  const state = new Kysely<Schema>({ dialect: new SqliteDialect({ database: counting }) });
  countWrites(state, () => counting.writeCount);
  // Kysely closes the file only once it has used it.
  await sql`select 1`.execute(state);
  return state;
}

function migrate(database: LibsqlDatabase.Database): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number };
  const current = row.user_version;
  if (current > migrations.length) {
    throw new StartError(
      'StateTooNew',
      `Cannot open the state: it is of version ${current}, and this program knows ${migrations.length}`,
    );
  }
  // Taken at once, so that a second process finds the lock here and not at its first write.
  database.exec('begin immediate');
  for (const migration of migrations.slice(current)) database.exec(migration);
  database.exec(`pragma user_version = ${migrations.length}`);
  database.exec('commit');
}

/** SQLite gives its journal files the mode of the database file. */
function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
