import type { ProfileName, RepositoryGrant } from '@strongroom/contracts';

/** One hosted repository, as it is kept. */
export interface Repository {
  /** Names its folder. */
  readonly repositoryId: string;
  readonly name: string;
  readonly description: string;
  readonly owner: ProfileName;
  readonly access: readonly RepositoryGrant[];
  readonly defaultBranch: string;
  readonly protectedBranches: readonly string[];
  readonly createdAt: Date;
  readonly pushedAt: Date | undefined;
  readonly sizeBytes: number;
}
