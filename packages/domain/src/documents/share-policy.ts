import type { Role, ShareAudience } from '@strongroom/contracts';
import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import type { DomainArns } from './domain-arns.ts';
import { principalTag, profileTag, teamTag } from './tags.ts';

/** Auditors see evidence and no content; notebooks act as other roles. */
const readers: readonly Role[] = ['data-scientist', 'administrator'];

/**
 * A share's own policy: who of the domain may read it and comment on it, and until when. `undefined`
 * where nobody but its owner may.
 */
export function sharePolicyDocument(
  arns: DomainArns,
  share: { readonly arn: string; readonly audience: ShareAudience; readonly expiresAt: Date },
): PolicyDocument | undefined {
  const { everyone, teams, people } = share.audience;
  const before = { DateLessThan: { 'aws:CurrentTime': share.expiresAt.toISOString() } };
  const allow = (Sid: string, further: object = {}): PolicyStatement => ({
    ...{ Sid, Effect: 'Allow', Principal: { AWS: readers.map((role) => arns.role(role)) } },
    ...{ Action: ['strongroom:GetShare', 'strongroom:CommentShare'], Resource: share.arn },
    Condition: { ...before, ...further },
  });
  const tagged = (tag: string, values: readonly string[]) => ({
    StringEquals: { [principalTag(tag)]: [...values] },
  });
  const statements = [
    ...(everyone ? [allow('SharedWithEveryone')] : []),
    ...(teams.length > 0 ? [allow('SharedWithTeams', tagged(teamTag, teams))] : []),
    ...(people.length > 0 ? [allow('SharedWithPeople', tagged(profileTag, people))] : []),
  ];
  if (statements.length === 0) return undefined;
  return { Version: '2012-10-17', Statement: statements };
}
