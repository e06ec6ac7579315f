import type { ProfileName } from '@strongroom/contracts';
import type { Domain, DomainPerson } from '@strongroom/domain';
import {
  type Action,
  type DomainArns,
  domainArns,
  executionSessionName,
  principalTag,
  profileTag,
  resourceKindOfAction,
  resourceTag,
  roleTag,
  spaceOwnerKey,
  spaceSharingKey,
  teamTag,
} from '@strongroom/domain';
import type { ContextValue, AccessRequest as IamRequest, Principal } from '@strongroom/policy';
import type { AppReference } from './access-request.ts';
import type { ActingAs } from './policy-book.ts';

/** SageMaker's condition key for the sizes that an app asks for. */
export const instanceTypesKey = 'sagemaker:InstanceTypes';
/** SageMaker's condition key for the images that an app runs. */
export const imageArnsKey = 'sagemaker:ImageArns';

type Context = Record<string, ContextValue | undefined>;

export interface IamQuestion {
  readonly acting: ActingAs;
  readonly action: string;
  /** A profile's name, `'*'`, or any ARN. */
  readonly resource: string;
  /** Which app of that profile; without it the question is about each of them. */
  readonly app?: AppReference;
  /** Which private space of that profile. */
  readonly spaceName?: string;
  readonly now: Date;
  /** Further condition keys with their values; they go before what is known of the request. */
  readonly context?: Readonly<Context>;
}

/** One question of ours in IAM's words: principal, action, ARN and condition keys. */
export function toIamRequest(domain: Domain, question: IamQuestion): IamRequest {
  const { action, acting, now, context = {} } = question;
  const { accountId, region } = domain.domain;
  const arns = domainArns(domain);
  const arn = arnOf(arns, question);
  const known = {
    'aws:CurrentTime': now,
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    'aws:RequestedRegion': region,
    'aws:SecureTransport': true,
    ...tagsOfPrincipal(domain, acting),
    ...tagsOfResource(domain, arns, arn),
    ...ownershipOf(arns, question),
  };
  return {
    principal: principalOf(arns, accountId, acting),
    action,
    resource: { arn, account: accountId },
    context: { ...withoutKeysOf(context, known), ...context },
  };
}

/** Condition keys are not case-sensitive: a key in another case is the same key, and goes before. */
function withoutKeysOf(context: Readonly<Context>, known: Context): Context {
  const folded = new Set<string>();
  for (const key in context) folded.add(key.toLowerCase());
  if (folded.size === 0) return known;
  const left: Context = {};
  for (const key in known) {
    if (!folded.has(key.toLowerCase())) left[key] = known[key];
  }
  return left;
}

function arnOf(arns: DomainArns, { action, resource, app, spaceName }: IamQuestion): string {
  if (resource.startsWith('arn:')) return resource;
  const kind = resourceKindOfAction[action as Action] ?? 'user-profile';
  switch (kind) {
    case 'user-profile':
      return arns.userProfile(resource as ProfileName);
    case 'app':
      return arns.app(resource, app?.appType ?? '*', app?.appName ?? '*');
    case 'space':
      // A person's own has the person's name.
      return arns.space(spaceName ?? resource);
    case 'share':
      return arns.share(resource, '*');
    case 'domain':
      return arns.domain;
    case 'repository':
      return arns.repository(resource);
    case 'any':
      return '*';
  }
}

/** The control plane makes and knows private spaces alone. */
function ownershipOf(arns: DomainArns, { action, resource }: IamQuestion): Context {
  if (resourceKindOfAction[action as Action] !== 'space') return {};
  const owner = arns.userProfile(resource as ProfileName);
  return { [spaceOwnerKey]: owner, [spaceSharingKey]: 'Private' };
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
      : indexOf(domain, domainArns(domain)).byName.get(acting.profileName);
  if (person === undefined) return {};
  return {
    [principalTag(profileTag)]: person.profileName,
    [principalTag(teamTag)]: person.team,
    [principalTag(roleTag)]: person.role,
  };
}

/** A profile carries the name of its owner and their team, from the domain file alone. */
function tagsOfResource(domain: Domain, arns: DomainArns, arn: string): Context {
  const owner = indexOf(domain, arns).byArn.get(arn);
  if (owner === undefined) return {};
  const { profileName, team } = owner;
  return {
    [resourceTag(profileTag)]: profileName,
    [`aws:ResourceTag/${profileTag}`]: profileName,
    [resourceTag(teamTag)]: team,
    [`aws:ResourceTag/${teamTag}`]: team,
  };
}

interface PeopleIndex {
  readonly arns: DomainArns;
  readonly byName: ReadonlyMap<string, DomainPerson>;
  readonly byArn: ReadonlyMap<string, DomainPerson>;
}

/** Found by name at each of many questions: kept for as long as the domain file's people are these. */
const indexes = new WeakMap<Domain['people'], PeopleIndex>();

function indexOf({ people }: Domain, arns: DomainArns): PeopleIndex {
  const known = indexes.get(people);
  if (known?.arns === arns) return known;
  const index = {
    arns,
    byName: new Map(people.map((person) => [person.profileName, person])),
    byArn: new Map(people.map((person) => [arns.userProfile(person.profileName), person])),
  };
  indexes.set(people, index);
  return index;
}
