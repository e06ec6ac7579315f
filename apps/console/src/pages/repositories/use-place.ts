import type { RepositoryDetails } from '@strongroom/contracts';
import { useSearchParams } from 'react-router';
import type { RepositoryPlace } from '../../api/repositories.ts';

/** What the address names; the default branch and the root where it names nothing. */
export function usePlace({ name, defaultBranch }: RepositoryDetails): RepositoryPlace {
  const [search] = useSearchParams();
  const revision = search.get('revision') || defaultBranch;
  return { repository: name, revision, path: search.get('path') ?? '' };
}
