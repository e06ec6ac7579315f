import type { App, Domain as DomainDescription, Profile } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import type { Person } from '../../identity/person.ts';
import { mayUseImage } from '../../images/image-access.ts';
import type { Authorize } from '../../policies/access-request.ts';

export function summarizeDomain({ domain, compute }: Domain) {
  const { name: domainName, accountId, region } = domain;
  return { domainName, accountId, region, runtime: compute.runtime.kind };
}

/** The domain as this person may see it: the profiles and apps that they may describe. */
export function describeDomain(options: {
  domain: Domain;
  viewer: Person;
  people: readonly Person[];
  apps: readonly App[];
  authorize: Authorize;
  /** Of the domain on AWS; `undefined`: the one that follows from the domain file. */
  deployedId?: string | undefined;
}): DomainDescription {
  const { domain, people, viewer: principal, authorize } = options;
  const mayList = authorize({ principal, action: 'sagemaker:ListUserProfiles', resource: '*' });
  const maySee = ({ profileName: resource }: Person) =>
    authorize({ principal, action: 'sagemaker:DescribeUserProfile', resource }).allowed;
  const seen = mayList.allowed ? people.filter(maySee) : [];
  return {
    ...summarizeDomain(domain),
    domainArn: deployedArn(options, domainArns(domain).domain),
    images: imagesSeenBy(options).map(({ imageName, displayName }) => ({ imageName, displayName })),
    instanceTypes: domain.instanceTypes.map((type) => ({ ...type })),
    profiles: seen.map((person) => describeProfile({ ...options, person })),
  };
}

/** Those that they may use, and for whoever looks after the domain all. */
function imagesSeenBy(
  options: Pick<Parameters<typeof describeDomain>[0], 'domain' | 'viewer' | 'authorize'>,
) {
  const { domain, viewer: principal, authorize } = options;
  const seesAll = authorize({
    principal,
    action: 'sagemaker:DescribeImage',
    resource: '*',
  }).allowed;
  return domain.images.filter(
    ({ imageName }) => seesAll || mayUseImage({ authorize, domain }, principal, imageName),
  );
}

function describeProfile(options: {
  domain: Domain;
  viewer: Person;
  person: Person;
  apps: readonly App[];
  authorize: Authorize;
  deployedId?: string | undefined;
}): Profile {
  const { domain, viewer, person, apps, authorize } = options;
  const { profileName, displayName, role, team, disabled, createdAt } = person;
  const arns = domainArns(domain);
  const request = { principal: viewer, resource: profileName };
  const mayLaunch = authorize({ ...request, action: 'sagemaker:CreatePresignedDomainUrl' }).allowed;
  const mayListApps = authorize({ ...request, action: 'sagemaker:DescribeApp' }).allowed;
  return {
    profileName,
    displayName,
    role,
    team,
    userProfileArn: deployedArn(options, arns.userProfile(profileName)),
    executionRoleArn: arns.executionRole(profileName),
    status: disabled ? 'Disabled' : 'InService',
    isSelf: viewer.profileName === profileName,
    mayLaunch,
    createdAt: createdAt.toISOString(),
    apps: mayListApps
      ? apps.filter(
          (app) => app.profileName === profileName && mayDescribeApp(authorize, viewer, app),
        )
      : null,
  };
}

/** As AWS names it, where it is there: the policies of this control plane speak of the name before. */
function deployedArn(
  { domain, deployedId }: { domain: Domain; deployedId?: string | undefined },
  arn: string,
): string {
  const { domainId } = domainArns(domain);
  return deployedId === undefined ? arn : arn.replace(`/${domainId}`, `/${deployedId}`);
}

export function mayDescribeApp(authorize: Authorize, principal: Person, app: App): boolean {
  const { profileName: resource, appType, appName } = app;
  const action = 'sagemaker:DescribeApp';
  return authorize({ principal, action, resource, app: { appType, appName } }).allowed;
}
