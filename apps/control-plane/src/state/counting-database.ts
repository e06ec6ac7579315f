import type { SqliteDatabase } from 'kysely';
import type LibsqlDatabase from 'libsql';

type Statement = ReturnType<SqliteDatabase['prepare']>;

/** The meter's heartbeat is written each second, and nothing else is ever told from it while it beats. */
const changesNothingKept = /^\s*(?:select\b|update "meter_heartbeat")/i;
const mostKeptStatements = 200;

/** The database as Kysely asks it, with a count of all that may have written. */
export class CountingDatabase implements SqliteDatabase {
  readonly #database: LibsqlDatabase.Database;
  /**
   * Writes that answer no rows, by their text: most of what a small one costs is being read as SQL. The rows
   * of a question belong to its statement until they are collected, so that one is made for each question.
   */
  readonly #keptStatements = new Map<string, Statement>();
  #writeCount = 0;

  constructor(database: LibsqlDatabase.Database) {
    this.#database = database;
  }

  get writeCount(): number {
    return this.#writeCount;
  }

  prepare(text: string): Statement {
    return this.#keptStatements.get(text) ?? this.#prepareAnew(text);
  }

  close(): void {
    this.#keptStatements.clear();
    this.#database.close();
  }

  #prepareAnew(text: string): Statement {
    const statement = this.#database.prepare(text);
    const counted = this.#counted(text, statement);
    if (!statement.reader) this.#keep(text, counted);
    return counted;
  }

  #keep(text: string, statement: Statement): void {
    const [oldest] = this.#keptStatements.keys();
    if (oldest !== undefined && this.#keptStatements.size >= mostKeptStatements) {
      this.#keptStatements.delete(oldest);
    }
    this.#keptStatements.set(text, statement);
  }

  #counted(text: string, statement: LibsqlDatabase.Statement): Statement {
    const isCounted = !changesNothingKept.test(text);
    const count = <Result>(work: () => Result): Result => {
      try {
        return work();
      } catch (error) {
        this.#keptStatements.delete(text);
        throw error;
      } finally {
        if (isCounted) this.#writeCount += 1;
      }
    };
    return {
      reader: statement.reader,
      all: (values) => count(() => statement.all(values)),
      run: (values) => count(() => statement.run(values)),
      iterate: (values) => count(() => statement.iterate(values)),
    };
  }
}
