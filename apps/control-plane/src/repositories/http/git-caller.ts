import type { Language, ProfileName, RepositoryPermission } from '@strongroom/contracts';
import type { Actor } from '../../audit/audit-log.ts';

/** Who a request of Git comes from, found before anything of it is looked at. */
export interface GitCaller {
  readonly profileName: ProfileName;
  readonly language: Language;
  readonly from: 'studio' | 'outside';
  /** The most that what they signed in with is good for. */
  readonly permission: RepositoryPermission;
  readonly actor: Actor;
}
