import type { SqliteDatabase } from 'kysely';
import type LibsqlDatabase from 'libsql';

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** The meter's heartbeat is written each second, and nothing else is ever told from it while it beats. */
const changesNothingKept = /^\s*(?:select\b|update "meter_heartbeat")/i;

/** The database as Kysely asks it, with a count of all that may have written. */
export class CountingDatabase implements SqliteDatabase {
  readonly #database: LibsqlDatabase.Database;
  #writeCount = 0;

  constructor(database: LibsqlDatabase.Database) {
    this.#database = database;
  }

  get writeCount(): number {
    return this.#writeCount;
  }

  prepare(text: string): Statement {
    const statement = this.#database.prepare(text);
    if (changesNothingKept.test(text)) return statement;
    const counted = <Result>(work: () => Result): Result => {
      try {
        return work();
      } finally {
        this.#writeCount += 1;
      }
    };
    return {
      reader: statement.reader,
      all: (values) => counted(() => statement.all(values)),
      run: (values) => counted(() => statement.run(values)),
      iterate: (values) => counted(() => statement.iterate(values)),
    };
  }

  close(): void {
    this.#database.close();
  }
}
