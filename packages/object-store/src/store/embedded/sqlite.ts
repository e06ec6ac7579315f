import { chmodSync, closeSync, openSync } from 'node:fs';
import LibsqlDatabase from 'libsql';

export type SqliteValue = string | number | Buffer | null;

const lockTimeoutMilliseconds = 2_000;
/** One sealed object of 4 KiB fits a page, and rows of listings still come many to a page. */
const pageBytes = 8_192;
/** 32 MiB: a checkpoint syncs the file, so it has to be rare beside the commits. */
const checkpointPages = 4_000;
const cacheKibibytes = 64 * 1024;

/**
 * One database file, spoken to synchronously: what many requests write goes into one transaction, and
 * nothing can come between the statements of one of them.
 *
 * INVARIANT: parameters are always handed on as an array. libsql takes a lone Buffer for an object of
 * named parameters and aborts the process.
 */
export class Sqlite {
  readonly #database: LibsqlDatabase.Database;
  readonly #statements = new Map<string, LibsqlDatabase.Statement>();

  constructor(path: string) {
    createPrivateFile(path);
    this.#database = new LibsqlDatabase(path);
    try {
      for (const pragma of [
        `busy_timeout = ${lockTimeoutMilliseconds}`,
        `page_size = ${pageBytes}`,
        'locking_mode = exclusive',
        'journal_mode = wal',
        // WAL with FULL keeps every committed transaction through a power cut.
        'synchronous = full',
        `cache_size = -${cacheKibibytes}`,
        `wal_autocheckpoint = ${checkpointPages}`,
        'foreign_keys = on',
        'trusted_schema = off',
        // What was deleted is overwritten where that costs no further writes.
        'secure_delete = fast',
      ]) {
        this.#database.prepare(`pragma ${pragma}`).all();
      }
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get userVersion(): number {
    return this.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0;
  }

  run(sql: string, values: readonly SqliteValue[] = []): { changes: number; rowId: number } {
    const { changes, lastInsertRowid } = this.#statement('run', sql).run([...values]);
    return { changes, rowId: Number(lastInsertRowid) };
  }

  get<Row>(sql: string, values: readonly SqliteValue[] = []): Row | undefined {
    return this.#statement('get', sql).get([...values]) as Row | undefined;
  }

  all<Row>(sql: string, values: readonly SqliteValue[] = []): Row[] {
    return this.#statement('all', sql).all([...values]) as Row[];
  }

  /** Several statements, without parameters. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /**
   * libsql keeps the connection until the last statement is collected as garbage, so the lock is given
   * up by words: outside WAL the next read releases it (SQLite documentation, "PRAGMA locking_mode").
   */
  close(): void {
    this.#statements.clear();
    try {
      for (const pragma of ['journal_mode = delete', 'locking_mode = normal', 'user_version']) {
        this.#database.prepare(`pragma ${pragma}`).all();
      }
    } finally {
      this.#database.close();
    }
  }

  /** One for each way to run it: libsql's `get` may find nothing behind an `all` of the same statement. */
  #statement(how: 'run' | 'get' | 'all', sql: string): LibsqlDatabase.Statement {
    const name = `${how} ${sql}`;
    let statement = this.#statements.get(name);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(name, statement);
    }
    return statement;
  }
}

/** SQLite gives its journal files the mode of the database file. */
function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
