import type { RepositoryPlace } from '../../api/repositories.ts';

type Section = '' | '/file' | '/commits' | '/branches' | '/settings' | `/commits/${string}`;

/** A page of a repository; its revision and its path are in the address, so that it can be linked. */
export function repositoryAddress(
  { repository, revision = '', path = '' }: Partial<RepositoryPlace> & { repository: string },
  section: Section = '',
): string {
  const given = Object.entries({ revision, path }).filter(([, value]) => value !== '');
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  return `/repositories/${encodeURIComponent(repository)}${section}${search}`;
}
