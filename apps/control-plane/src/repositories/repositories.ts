import {
  type RepositoryChange,
  type RepositoryDetails,
  type RepositoryList,
  type RepositoryRequest,
  type RepositorySummary,
  StrongroomError,
} from '@strongroom/contracts';
import { tagsOfRepository } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';
import type { Decision } from '../policies/access-request.ts';
import type { AuthorizeRepositoryCall } from '../policies/authorize-repository-call.ts';
import type { GitSandboxes } from './git/git-sandboxes.ts';
import { isBranchName } from './git/ref-names.ts';
import { runGit } from './git/run-git.ts';
import type { Repository } from './repository.ts';
import type { RepositoryRecords } from './repository-records.ts';

/** Awaited before the act: where it rejects, nothing is done. */
export interface RecordActs {
  created(repository: Repository): Promise<void>;
  changed(repository: Repository, change: RepositoryChange): Promise<void>;
  deleted(repository: Repository): Promise<void>;
  denied(decision: Decision, action: string, repository: string): Promise<void>;
}

export interface RepositoriesOptions {
  readonly records: RepositoryRecords;
  readonly sandboxes: GitSandboxes;
  readonly authorize: AuthorizeRepositoryCall;
  readonly studioUrl: (name: string) => string;
  readonly outsideUrl: (name: string) => string;
  /** What lies elsewhere than in its folder. */
  readonly onDeleted: (repository: Repository) => Promise<void>;
}

const firstBranch = 'main';

/** The hosted repositories as a person in the console deals with them. */
export class Repositories {
  readonly #options: RepositoriesOptions;

  constructor(options: RepositoriesOptions) {
    this.#options = options;
  }

  /** Of all of them: for whoever oversees what a key seals. */
  async names(): Promise<readonly string[]> {
    return (await this.#options.records.list()).map(({ name }) => name);
  }

  /** Those that the person may see anything of, by name. */
  async list(person: Person): Promise<Omit<RepositoryList, 'choices'>> {
    const all = await this.#options.records.list();
    const seen = await Promise.all(
      all.map(async (repository) => {
        const summary = await this.#summarise(person, repository);
        const { pull, manage } = summary.may;
        const isSeen = pull || manage || (await this.#may(person, 'GetRepository', repository));
        return isSeen ? [summary] : [];
      }),
    );
    const { authorize } = this.#options;
    const { profileName } = person;
    const action = 'codecommit:CreateRepository';
    const creating = await authorize({ profileName, from: 'outside', action, repository: '-' });
    return { repositories: seen.flat(), mayCreate: creating.allowed };
  }

  /** @throws {StrongroomError} `AccessDenied`, `RepositoryExists` */
  async create(
    person: Person,
    request: RepositoryRequest,
    record: RecordActs,
  ): Promise<RepositoryDetails> {
    const { records, sandboxes, authorize } = this.#options;
    const { name, description, access } = request;
    const { profileName: owner } = person;
    const action = 'codecommit:CreateRepository';
    const decision = await authorize({
      ...{ profileName: owner, from: 'outside', action, repository: name },
    });
    if (!decision.allowed) throw await refusal(decision, action, name, record);
    if ((await records.find(name)) !== undefined) throw existsAlready(name);
    const defaultBranch = firstBranch;
    const repository = records.draft({ name, description, owner, access, defaultBranch });
    await record.created(repository);
    const { repositoryId } = repository;
    await runGit(sandboxes, {
      ...{ repositoryId: undefined, mode: 'read-write', script: makeScript },
      arguments: [repositoryId, defaultBranch],
    });
    if (await records.insert(repository)) return this.#details(person, repository);
    await this.#removeFolder(repositoryId);
    throw existsAlready(name);
  }

  /** @throws {StrongroomError} `RepositoryNotFound`, `AccessDenied` */
  async describe(person: Person, name: string, record: RecordActs): Promise<RepositoryDetails> {
    const repository = await this.require(person, name, 'codecommit:GetRepository', record);
    return this.#details(person, repository);
  }

  /** @throws {StrongroomError} `RepositoryNotFound`, `AccessDenied`, `InvalidRequest`, `RevisionNotFound` */
  async change(
    person: Person,
    name: string,
    change: RepositoryChange,
    record: RecordActs,
  ): Promise<RepositoryDetails> {
    const { records, sandboxes } = this.#options;
    for (const action of actionsOf(change)) await this.require(person, name, action, record);
    const repository = await this.find(name);
    for (const branch of [change.defaultBranch ?? [], change.protectedBranches ?? []].flat()) {
      if (!isBranchName(branch)) throw notABranch(branch);
    }
    await record.changed(repository, change);
    const { repositoryId } = repository;
    if (change.defaultBranch !== undefined) {
      await runGit(sandboxes, {
        ...{ repositoryId, mode: 'read-write', script: 'git symbolic-ref HEAD "refs/heads/$1"' },
        arguments: [change.defaultBranch],
      });
    }
    await records.update(repositoryId, withoutUndefined(change));
    return this.#details(person, await this.find(name));
  }

  /** At once, and with all that is in it. @throws {StrongroomError} `RepositoryNotFound`, `AccessDenied` */
  async delete(person: Person, name: string, record: RecordActs): Promise<void> {
    const { records, onDeleted } = this.#options;
    const repository = await this.require(person, name, 'codecommit:DeleteRepository', record);
    await record.deleted(repository);
    await onDeleted(repository);
    // From here on nobody finds it; what a cut leaves of its folder has no name.
    await records.delete(repository.repositoryId);
    await this.#removeFolder(repository.repositoryId);
  }

  /** The repository, where the person may do this. @throws {StrongroomError} */
  async require(
    person: Person,
    name: string,
    action: string,
    record: Pick<RecordActs, 'denied'>,
  ): Promise<Repository> {
    const repository = await this.find(name);
    const decision = await this.decide(person, action, repository);
    if (decision.allowed) return repository;
    throw await refusal(decision, action, name, record);
  }

  decide(person: Person, action: string, repository: Repository): Promise<Decision> {
    return this.#options.authorize({
      ...{ profileName: person.profileName, from: 'outside', action },
      ...{ repository: repository.name, tags: tagsOfRepository(repository) },
    });
  }

  /** @throws {StrongroomError} `RepositoryNotFound` */
  async find(name: string): Promise<Repository> {
    const repository = await this.#options.records.find(name);
    if (repository !== undefined) return repository;
    const shown = name.slice(0, 100);
    const message = `Cannot find the repository "${shown}": there is none`;
    throw new StrongroomError('RepositoryNotFound', message, { values: { repository: shown } });
  }

  async #may(person: Person, action: string, repository: Repository): Promise<boolean> {
    return (await this.decide(person, `codecommit:${action}`, repository)).allowed;
  }

  async #summarise(person: Person, repository: Repository): Promise<RepositorySummary> {
    const { name, description, owner, createdAt, pushedAt, defaultBranch, sizeBytes } = repository;
    const { studioUrl, outsideUrl } = this.#options;
    const may = (action: string) => this.#may(person, action, repository);
    return {
      ...{ name, description, owner, defaultBranch, sizeBytes },
      createdAt: createdAt.toISOString(),
      pushedAt: pushedAt?.toISOString() ?? null,
      ...{ studioCloneUrl: studioUrl(name), outsideCloneUrl: outsideUrl(name) },
      may: {
        pull: await may('GitPull'),
        push: await may('GitPush'),
        manage: await may('UpdateRepositoryDescription'),
      },
    };
  }

  async #details(person: Person, repository: Repository): Promise<RepositoryDetails> {
    const { access, protectedBranches, repositoryId } = repository;
    const script = 'git for-each-ref --count=1 --format=x refs/heads refs/tags';
    const found = await runGit(this.#options.sandboxes, {
      repositoryId,
      mode: 'read-only',
      script,
    });
    return {
      ...(await this.#summarise(person, repository)),
      ...{ access: [...access], protectedBranches: [...protectedBranches] },
      isEmpty: found.length === 0,
    };
  }

  async #removeFolder(repositoryId: string): Promise<void> {
    await runGit(this.#options.sandboxes, {
      ...{ repositoryId: undefined, mode: 'read-write', script: removeScript },
      arguments: [repositoryId],
    });
  }
}

/** It gets its name when all of it is there. */
const makeScript = `
git init --quiet --bare --template= --initial-branch="$2" -- "./.new-$1" && sync -f "./.new-$1" &&
mv -T -- "./.new-$1" "./$1"`;
const removeScript = `mv -T -- "./$1" "./.gone-$1" && rm -rf -- "./.gone-$1"`;

function actionsOf(change: RepositoryChange): string[] {
  return [
    ...(change.description === undefined ? [] : ['codecommit:UpdateRepositoryDescription']),
    ...(change.access === undefined ? [] : ['codecommit:TagResource']),
    ...(change.defaultBranch === undefined ? [] : ['codecommit:UpdateDefaultBranch']),
    ...(change.protectedBranches === undefined ? [] : ['strongroom:UpdateProtectedBranches']),
    // Also where nothing is changed, it is no way to look.
    ...(Object.keys(change).length === 0 ? ['codecommit:UpdateRepositoryDescription'] : []),
  ];
}

function withoutUndefined(change: RepositoryChange) {
  const { description, access, defaultBranch, protectedBranches } = change;
  return {
    ...(description === undefined ? {} : { description }),
    ...(access === undefined ? {} : { access }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(protectedBranches === undefined ? {} : { protectedBranches }),
  };
}

async function refusal(
  decision: Decision,
  action: string,
  repository: string,
  record: Pick<RecordActs, 'denied'>,
): Promise<StrongroomError> {
  await record.denied(decision, action, repository);
  const { rule, sentence, koreanSentence } = decision;
  return new StrongroomError('AccessDenied', sentence, {
    remedy: 'Ask the owner of the repository, or an administrator with the reference.',
    values: { action, rule, sentence, koreanSentence, repository },
  });
}

function existsAlready(name: string): StrongroomError {
  return new StrongroomError('RepositoryExists', `Cannot create "${name}": there is one already`, {
    remedy: 'Choose another name.',
    values: { repository: name },
  });
}

function notABranch(branch: string): StrongroomError {
  const shown = branch.slice(0, 100);
  return new StrongroomError(
    'InvalidRequest',
    `Cannot use "${shown}": it can be no branch's name`,
    {
      values: { field: 'branch' },
    },
  );
}
