import { randomBytes } from 'node:crypto';
import type { ProfileName, RepositoryGrant } from '@strongroom/contracts';
import type { Selectable, Updateable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { State } from '../state/database.ts';
import type { Schema } from '../state/schema.ts';
import type { Repository } from './repository.ts';

export type RepositoryChanges = Partial<
  Pick<
    Repository,
    'description' | 'access' | 'defaultBranch' | 'protectedBranches' | 'pushedAt' | 'sizeBytes'
  >
>;

/** What the state keeps of repositories. */
export class RepositoryRecords {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async find(name: string): Promise<Repository | undefined> {
    const row = await this.#state
      .selectFrom('repositories')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row && toRepository(row);
  }

  async list(): Promise<Repository[]> {
    const rows = await this.#state.selectFrom('repositories').selectAll().orderBy('name').execute();
    return rows.map(toRepository);
  }

  /** Not kept yet: its folder is made first. */
  draft(
    made: Pick<Repository, 'name' | 'description' | 'owner' | 'access' | 'defaultBranch'>,
  ): Repository {
    return {
      ...made,
      repositoryId: randomBytes(16).toString('hex'),
      protectedBranches: [made.defaultBranch],
      createdAt: this.#clock(),
      ...{ pushedAt: undefined, sizeBytes: 0 },
    };
  }

  /** False where another has the name. */
  async insert(repository: Repository): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#state
      .insertInto('repositories')
      .values({
        ...{ repository_id: repository.repositoryId, name: repository.name },
        ...{ description: repository.description, owner: repository.owner },
        ...{ default_branch: repository.defaultBranch, access: JSON.stringify(repository.access) },
        protected_branches: JSON.stringify(repository.protectedBranches),
        ...{ created_at: repository.createdAt.getTime(), pushed_at: null, size_bytes: 0 },
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async update(repositoryId: string, changes: RepositoryChanges): Promise<void> {
    const values = toColumns(changes);
    if (Object.keys(values).length === 0) return;
    await this.#state
      .updateTable('repositories')
      .set(values)
      .where('repository_id', '=', repositoryId)
      .execute();
  }

  async delete(repositoryId: string): Promise<void> {
    await this.#state
      .deleteFrom('repositories')
      .where('repository_id', '=', repositoryId)
      .execute();
  }
}

function toRepository(row: Selectable<Schema['repositories']>): Repository {
  return {
    ...{ repositoryId: row.repository_id, name: row.name, description: row.description },
    ...{ owner: row.owner as ProfileName, defaultBranch: row.default_branch },
    access: JSON.parse(row.access) as RepositoryGrant[],
    protectedBranches: JSON.parse(row.protected_branches) as string[],
    createdAt: new Date(row.created_at),
    pushedAt: row.pushed_at === null ? undefined : new Date(row.pushed_at),
    sizeBytes: row.size_bytes,
  };
}

function toColumns(changes: RepositoryChanges): Updateable<Schema['repositories']> {
  const { description, access, defaultBranch, protectedBranches, pushedAt, sizeBytes } = changes;
  return {
    ...(description === undefined ? {} : { description }),
    ...(access === undefined ? {} : { access: JSON.stringify(access) }),
    ...(defaultBranch === undefined ? {} : { default_branch: defaultBranch }),
    ...(protectedBranches === undefined
      ? {}
      : { protected_branches: JSON.stringify(protectedBranches) }),
    ...(pushedAt === undefined ? {} : { pushed_at: pushedAt.getTime() }),
    ...(sizeBytes === undefined ? {} : { size_bytes: sizeBytes }),
  };
}
