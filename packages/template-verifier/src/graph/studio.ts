import { groupsIn } from './network.ts';
import { onceFor } from './once-for.ts';
import { at, type Resource, tagsOf, textsOf } from './resource.ts';
import type { Resources } from './resources.ts';

/** What belongs to SageMaker Studio in the templates. */

export function domainsIn(resources: Resources): readonly Resource[] {
  return resources.ofType('AWS::SageMaker::Domain');
}

export function profilesIn(resources: Resources): readonly Resource[] {
  return resources.ofType('AWS::SageMaker::UserProfile');
}

export function studioVpcs(resources: Resources): readonly Resource[] {
  const found = domainsIn(resources).map((domain) => resources.find(at(domain, 'VpcId')));
  return [...new Set(found.filter((vpc) => vpc !== undefined))];
}

export const studioSubnets = onceFor((resources: Resources): readonly Resource[] => {
  const found = domainsIn(resources)
    .flatMap((domain) => textsOf(at(domain, 'SubnetIds')))
    .map((id) => resources.find(id));
  return [...new Set(found.filter((subnet) => subnet !== undefined))];
});

/** The groups that studios and their kernels are in. */
export const studioGroups = onceFor((resources: Resources): readonly Resource[] => {
  const ofDomains = domainsIn(resources).flatMap((domain) => [
    ...groupsIn(resources, at(domain, 'DefaultUserSettings.SecurityGroups')),
    ...groupsIn(resources, at(domain, 'DefaultSpaceSettings.SecurityGroups')),
    ...groupsIn(resources, at(domain, 'DomainSettings.SecurityGroupIds')),
  ]);
  const ofProfiles = profilesIn(resources).flatMap((profile) =>
    groupsIn(resources, at(profile, 'UserSettings.SecurityGroups')),
  );
  return [...new Set([...ofDomains, ...ofProfiles])];
});

/** A person as policies see them: the tags of their profile, which their session carries too. */
export interface Person {
  readonly profile: Resource;
  readonly tags: Readonly<Record<string, string>>;
  readonly profileArn: string;
  readonly domainId: string;
  /** Tags that the domain itself has: they tell nobody apart. */
  readonly commonTags: Readonly<Record<string, string>>;
}

export const peopleIn = onceFor((resources: Resources): readonly Person[] =>
  profilesIn(resources).flatMap((profile) => {
    const domainId = at(profile, 'DomainId');
    if (profile.arn === undefined || typeof domainId !== 'string') return [];
    const domain = resources.find(domainId, 'AWS::SageMaker::Domain');
    const commonTags = domain === undefined ? {} : tagsOf(domain);
    return [{ profile, tags: tagsOf(profile), profileArn: profile.arn, domainId, commonTags }];
  }),
);

/** The key that a domain puts its homes and volumes under. */
export function keyOf(resources: Resources, value: unknown): Resource | undefined {
  if (typeof value !== 'string') return undefined;
  const found = resources.find(value, 'AWS::KMS::Key');
  if (found !== undefined) return found;
  const alias = resources.find(value, 'AWS::KMS::Alias');
  return alias === undefined
    ? undefined
    : resources.find(at(alias, 'TargetKeyId'), 'AWS::KMS::Key');
}

export function spacesIn(resources: Resources): readonly Resource[] {
  return resources.ofType('AWS::SageMaker::Space');
}
