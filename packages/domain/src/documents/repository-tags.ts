import { createHash } from 'node:crypto';
import type { RepositoryGrant } from '@strongroom/contracts';

/** On a repository: whose it is. */
export const ownerTag = 'strongroom:owner';
export const everyoneTag = 'strongroom:access:everyone';

/**
 * The keys of conditions are not case-sensitive and have few characters, and the names of teams do not
 * keep to that: such a name is told by its digest, so that no two teams ever share a key.
 */
export function teamAccessTag(team: string): string {
  const isPlain = /^[a-z0-9][a-z0-9_-]*$/.test(team);
  const digest = () => createHash('sha256').update(team).digest('hex').slice(0, 32);
  return `strongroom:access:team:${isPlain ? team : `=${digest()}`}`;
}

export function personAccessTag(profileName: string): string {
  return `strongroom:access:person:${profileName}`;
}

/** IAM's global condition key for a tag of the resource acted upon. */
export function repositoryTagKey(tag: string): string {
  return `aws:ResourceTag/${tag}`;
}

/** A repository's owner and grants, as the tags that policies decide by. */
export function tagsOfRepository(repository: {
  readonly owner: string;
  readonly access: readonly RepositoryGrant[];
}): Readonly<Record<string, string>> {
  const tags: Record<string, string> = { [ownerTag]: repository.owner };
  for (const { to, permission } of repository.access) {
    const tag = tagOf(to);
    // Of two grants to the same the wider one counts, whichever comes first.
    if (tags[tag] !== 'read-write') tags[tag] = permission;
  }
  return tags;
}

function tagOf(to: RepositoryGrant['to']): string {
  if (to === 'everyone') return everyoneTag;
  return 'team' in to ? teamAccessTag(to.team) : personAccessTag(to.profileName);
}
