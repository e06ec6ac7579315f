import {
  notebookVersionsSchema,
  type RepositoryChange,
  type RepositoryDetails,
  type RepositoryRequest,
  repositoryBranchListSchema,
  repositoryCommitDetailsSchema,
  repositoryCommitListSchema,
  repositoryDetailsSchema,
  repositoryFolderSchema,
  repositoryListSchema,
  viewedRepositoryFileSchema,
} from '@strongroom/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryClient } from './queries.ts';
import { request, requestNothing } from './request.ts';

/** Where something is in a repository. `revision`: `''` for the default branch; `path`: `''` for the root. */
export interface RepositoryPlace {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
}

const commitsAtOnce = 50;

function addressOf(repository: string, what = '', query: Readonly<Record<string, string>> = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  return `/api/repositories/${encodeURIComponent(repository)}${what}${search}`;
}

export const useRepositories = () =>
  useQuery({
    queryKey: ['repositories', 'list'],
    queryFn: () => request(repositoryListSchema, '/api/repositories'),
  });

export const useRepository = (repository: string) =>
  useQuery({
    queryKey: ['repositories', 'details', repository],
    queryFn: () => request(repositoryDetailsSchema, addressOf(repository)),
  });

export const useBranches = (repository: string) =>
  useQuery({
    queryKey: ['repositories', 'branches', repository],
    queryFn: () => request(repositoryBranchListSchema, addressOf(repository, '/branches')),
  });

export const useRepositoryFolder = ({ repository, revision, path }: RepositoryPlace) =>
  useQuery({
    queryKey: ['repositories', 'folder', repository, revision, path],
    queryFn: () =>
      request(repositoryFolderSchema, addressOf(repository, '/tree', { revision, path })),
  });

export const useRepositoryFile = ({ repository, revision, path }: RepositoryPlace) =>
  useQuery({
    queryKey: ['repositories', 'file', repository, revision, path],
    queryFn: () =>
      request(viewedRepositoryFileSchema, addressOf(repository, '/file', { revision, path })),
    gcTime: 0,
  });

export function rawAddress({ repository, revision, path }: RepositoryPlace): string {
  return addressOf(repository, '/raw', { revision, path });
}

export const useCommits = ({ repository, revision, path }: RepositoryPlace) =>
  useInfiniteQuery({
    queryKey: ['repositories', 'commits', repository, revision, path],
    queryFn: ({ pageParam: after }) =>
      request(
        repositoryCommitListSchema,
        addressOf(repository, '/commits', {
          ...{ revision, path, after, limit: String(commitsAtOnce) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** A commit never changes. */
export const useCommit = (repository: string, commitId: string) =>
  useQuery({
    queryKey: ['repositories', 'commit', repository, commitId],
    queryFn: () =>
      request(
        repositoryCommitDetailsSchema,
        addressOf(repository, `/commits/${encodeURIComponent(commitId)}`),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useNotebookVersions = (repository: string, commit: string, path: string) =>
  useQuery({
    queryKey: ['repositories', 'notebook-versions', repository, commit, path],
    queryFn: () =>
      request(
        notebookVersionsSchema,
        addressOf(repository, '/notebook-versions', { commit, path }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export async function createRepository(body: RepositoryRequest): Promise<RepositoryDetails> {
  const made = await request(repositoryDetailsSchema, '/api/repositories', {
    ...{ method: 'POST', body },
  });
  await readRepositories();
  return made;
}

export async function changeRepository(repository: string, body: RepositoryChange): Promise<void> {
  await request(repositoryDetailsSchema, addressOf(repository), { method: 'PATCH', body });
  await readRepositories();
}

export async function deleteRepository(repository: string): Promise<void> {
  await requestNothing(addressOf(repository), { method: 'DELETE' });
  await queryClient.invalidateQueries({ queryKey: ['repositories', 'list'] });
}

async function readRepositories(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['repositories'] });
}
