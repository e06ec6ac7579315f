import { createHash } from 'node:crypto';
import type { ProfileName, Role } from '@strongroom/contracts';
import type { Domain } from '../file/domain.ts';

/** The names that policies speak of, formed as AWS forms them and equal wherever one domain is rendered. */
export interface DomainArns {
  readonly domainId: string;
  readonly domain: string;
  userProfile(profileName: ProfileName | '*'): string;
  /** `profileName` may also be a policy variable. */
  app(profileName: string, appType: string, appName: string): string;
  /** A space of SageMaker's; may also be a pattern. */
  space(spaceName: string): string;
  /** Each may also be a policy variable or a pattern. */
  share(owner: string, shareId: string): string;
  /** A hosted Git repository, by its name. */
  repository(name: string): string;
  /** An image of the domain; may also be a pattern. */
  image(imageName: string): string;
  /** What a person acts as in the console: the role of the domain file, in a session of their name. */
  role(role: Role): string;
  roleSession(role: Role, profileName: ProfileName): string;
  /** What a person's notebooks act as, as policies and the console name it. */
  executionRole(profileName: ProfileName): string;
  /** The role in use, as `sts:GetCallerIdentity` answers. */
  executionRoleSession(profileName: ProfileName): string;
}

/** The session of every notebook, as SageMaker names it. */
export const executionSessionName = 'SageMaker';
/** IAM: a role's name has at most this many characters. */
const maximumRoleNameLength = 64;

export function domainArns({ domain }: Pick<Domain, 'domain'>): DomainArns {
  const known = arnsOfDomain.get(domain);
  if (known !== undefined) return known;
  const arns = formArns(domain);
  arnsOfDomain.set(domain, arns);
  return arns;
}

/** Every decision asks for them, and each would take a digest. */
const arnsOfDomain = new WeakMap<Domain['domain'], DomainArns>();

function formArns(domain: Domain['domain']): DomainArns {
  const { accountId, region, name } = domain;
  const domainId = `d-${hexDigest(`${accountId}/${region}/${name}`)}`;
  const sageMaker = `arn:aws:sagemaker:${region}:${accountId}`;
  const roleName = (suffix: string) => shortened(`strongroom-${name}-${suffix}`);
  // No profile's name holds a dot, so no person's role has the name of another kind of role.
  const executionRoleName = (profileName: ProfileName) => roleName(profileName);
  const domainRoleName = (role: Role) => roleName(`domain.${role}`);
  return {
    domainId,
    domain: `${sageMaker}:domain/${domainId}`,
    userProfile: (profileName) => `${sageMaker}:user-profile/${domainId}/${profileName}`,
    app: (profileName, appType, appName) =>
      `${sageMaker}:app/${domainId}/${profileName}/${appType}/${appName}`,
    space: (spaceName) => `${sageMaker}:space/${domainId}/${spaceName}`,
    share: (owner, shareId) =>
      `arn:aws:strongroom:${region}:${accountId}:share/${owner}/${shareId}`,
    image: (imageName) => `${sageMaker}:image/${imageName}`,
    repository: (repository) => `arn:aws:codecommit:${region}:${accountId}:${repository}`,
    role: (role) => `arn:aws:iam::${accountId}:role/strongroom/${domainRoleName(role)}`,
    roleSession: (role, profileName) =>
      `arn:aws:sts::${accountId}:assumed-role/${domainRoleName(role)}/${profileName}`,
    executionRole: (profileName) =>
      `arn:aws:iam::${accountId}:role/strongroom/${executionRoleName(profileName)}`,
    executionRoleSession: (profileName) =>
      `arn:aws:sts::${accountId}:assumed-role/${executionRoleName(profileName)}/${executionSessionName}`,
  };
}

/** Cut names would collide without their digest. */
function shortened(name: string): string {
  if (name.length <= maximumRoleNameLength) return name;
  const digest = hexDigest(name);
  return `${name.slice(0, maximumRoleNameLength - digest.length - 1)}-${digest}`;
}

function hexDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
