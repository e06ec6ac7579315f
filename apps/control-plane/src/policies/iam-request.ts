import type { ProfileName } from '@strongroom/contracts';
import type { ContextValue, AccessRequest as IamRequest, Principal } from '@strongroom/policy';
import type { Domain } from '../config/domain.ts';
import { type Action, resourceKindOfAction } from './actions.ts';
import { type DomainArns, domainArns, executionSessionName } from './domain-arns.ts';
import type { ActingAs } from './policy-book.ts';
import { principalTag, profileTag, resourceTag, roleTag, teamTag } from './tags.ts';

type Context = Record<string, ContextValue | undefined>;

export interface IamQuestion {
  readonly acting: ActingAs;
  readonly action: string;
  /** A profile's name, `'*'`, or any ARN. */
  readonly resource: string;
  readonly now: Date;
  /** Further condition keys with their values; they go before what is known of the request. */
  readonly context?: Readonly<Context>;
}

/** One question of ours in IAM's words: principal, action, ARN and condition keys. */
export function toIamRequest(domain: Domain, question: IamQuestion): IamRequest {
  const { action, acting, now, context } = question;
  const { accountId, region } = domain.domain;
  const arns = domainArns(domain);
  const arn = arnOf(arns, action, question.resource);
  return {
    principal: principalOf(arns, accountId, acting),
    action,
    resource: { arn, account: accountId },
    context: {
      'aws:CurrentTime': now,
      'aws:EpochTime': Math.floor(now.getTime() / 1000),
      'aws:RequestedRegion': region,
      'aws:SecureTransport': true,
      ...tagsOfPrincipal(domain, acting),
      ...tagsOfResource(domain, arns, arn),
      ...context,
    },
  };
}

function arnOf(arns: DomainArns, action: string, resource: string): string {
  if (resource.startsWith('arn:')) return resource;
  const kind = resourceKindOfAction[action as Action] ?? 'user-profile';
  switch (kind) {
    case 'user-profile':
      return arns.userProfile(resource as ProfileName);
    case 'app':
      return arns.app(resource, '*', '*');
    case 'domain':
      return arns.domain;
    case 'any':
      return '*';
  }
}

function principalOf(arns: DomainArns, account: string, acting: ActingAs): Principal {
  if (acting.kind === 'execution-role') {
    return {
      ...{ kind: 'assumed-role', account, sessionName: executionSessionName },
      arn: arns.executionRoleSession(acting.profileName),
      roleArn: arns.executionRole(acting.profileName),
    };
  }
  const { role, profileName } = acting.person;
  return {
    ...{ kind: 'assumed-role', account, sessionName: profileName },
    arn: arns.roleSession(role, profileName),
    roleArn: arns.role(role),
  };
}

function tagsOfPrincipal(domain: Domain, acting: ActingAs): Context {
  const person =
    acting.kind === 'person'
      ? acting.person
      : domain.people.find(({ profileName }) => profileName === acting.profileName);
  if (person === undefined) return {};
  return {
    [principalTag(profileTag)]: person.profileName,
    [principalTag(teamTag)]: person.team,
    [principalTag(roleTag)]: person.role,
  };
}

/** A profile carries the name of its owner and their team, from the domain file alone. */
function tagsOfResource(domain: Domain, arns: DomainArns, arn: string): Context {
  const owner = domain.people.find(({ profileName }) => arns.userProfile(profileName) === arn);
  if (owner === undefined) return {};
  const tags = { [profileTag]: owner.profileName, [teamTag]: owner.team };
  return Object.fromEntries(
    Object.entries(tags).flatMap(([tag, value]) => [
      [resourceTag(tag), value],
      [`aws:ResourceTag/${tag}`, value],
    ]),
  );
}
