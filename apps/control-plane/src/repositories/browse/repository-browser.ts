import type { Readable } from 'node:stream';
import { Readable as ReadableStream } from 'node:stream';
import type {
  NotebookVersions,
  RepositoryBranchList,
  RepositoryCommitDetails,
  RepositoryCommitList,
  RepositoryFile,
  RepositoryFolder,
} from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { parsePointer } from '../lfs/lfs-pointer.ts';
import type { LfsStore } from '../lfs/lfs-store.ts';
import type { Repository } from '../repository.ts';
import { listBranches } from './list-branches.ts';
import { listCommits } from './list-commits.ts';
import { notebookVersions } from './notebook-versions.ts';
import { openFile } from './open-file.ts';
import { readCommit } from './read-commit.ts';
import { type FilePlace, readFile, readStoredFile } from './read-file.ts';
import { readFolder } from './read-folder.ts';

/** A pointer to a large file is no larger. */
const pointerBytes = 1_024;

/** What is in a repository, for pages. Who may see it is decided before. */
export class RepositoryBrowser {
  readonly #sandboxes: GitSandboxes;
  readonly #lfs: Pick<LfsStore, 'find' | 'open'>;

  constructor(sandboxes: GitSandboxes, lfs: Pick<LfsStore, 'find' | 'open'>) {
    this.#sandboxes = sandboxes;
    this.#lfs = lfs;
  }

  branches(repository: Repository): Promise<RepositoryBranchList> {
    return listBranches(this.#sandboxes, repository);
  }

  folder(repository: Repository, place: FilePlace): Promise<RepositoryFolder> {
    return readFolder(this.#sandboxes, repository, place);
  }

  file(repository: Repository, place: FilePlace): Promise<RepositoryFile> {
    return readFile(this.#sandboxes, repository, place);
  }

  /** Of a pointer, what it points to. */
  async raw(
    repository: Repository,
    place: FilePlace,
  ): Promise<{ readonly sizeBytes: number; readonly stream: Readable }> {
    const small = await readStoredFile(this.#sandboxes, repository, place, pointerBytes);
    const pointer = small.content && parsePointer(small.content);
    const { repositoryId } = repository;
    const kept = pointer && (await this.#lfs.find(repositoryId, pointer.objectId));
    if (kept === undefined) return openFile(this.#sandboxes, repository, place);
    const { info, stream } = await this.#lfs.open(repositoryId, kept.objectId);
    return {
      sizeBytes: info.sizeBytes,
      stream: ReadableStream.from(stream, { objectMode: false }),
    };
  }

  commits(
    repository: Repository,
    asked: Parameters<typeof listCommits>[2],
  ): Promise<RepositoryCommitList> {
    return listCommits(this.#sandboxes, repository, asked);
  }

  commit(repository: Repository, commitId: string): Promise<RepositoryCommitDetails> {
    return readCommit(this.#sandboxes, repository, commitId);
  }

  notebookVersions(
    repository: Repository,
    asked: { readonly commitId: string; readonly path: string },
  ): Promise<NotebookVersions> {
    return notebookVersions(this.#sandboxes, repository, asked);
  }
}
