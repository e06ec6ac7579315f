import { migrations } from './schema.ts';
import { Sqlite } from './sqlite.ts';

/** The store's folder cannot be used. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
  readonly code: 'StoreInUse' | 'StoreTooNew';

  constructor(code: StoreOpenError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @throws {StoreOpenError} */
export function openDatabase(path: string): Sqlite {
  let database: Sqlite | undefined;
  try {
    database = new Sqlite(path);
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      const message = `Cannot open the object store "${path}": another process is using it`;
      throw new StoreOpenError('StoreInUse', message, { cause: error });
    }
    throw error;
  }
}

function migrate(database: Sqlite): void {
  const current = database.userVersion;
  if (current > migrations.length) {
    throw new StoreOpenError(
      'StoreTooNew',
      `Cannot open the object store: it is of version ${current}, and this program knows ${migrations.length}`,
    );
  }
  // Taken at once, so that a second process finds the lock here and not at its first write.
  database.execute('begin immediate');
  for (const migration of migrations.slice(current)) database.execute(migration);
  database.execute(`pragma user_version = ${migrations.length}`);
  database.execute('commit');
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
