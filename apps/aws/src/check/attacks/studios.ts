import {
  AddTagsCommand,
  CreatePresignedDomainUrlCommand,
  CreateSpaceCommand,
  DeleteSpaceCommand,
} from '@aws-sdk/client-sagemaker';
import { domainArns } from '@strongroom/domain';
import { unknown } from '../probe.ts';
import { type Attack, expectRefusal } from './attack.ts';
import { asPerson } from './person-session.ts';

/** The address would be a bearer token: it is asked for the shortest time there is, and never looked at. */
const shortestSeconds = 5;

export const openAnotherStudio: Attack = {
  name: 'open-another-studio',
  question: "One person cannot open another's studio",
  attempt: (context) =>
    asPerson(context, async ({ other, domainId, sageMaker }) => {
      if (other === undefined) return unknown('The domain file has only one data scientist');
      return expectRefusal(context, {
        subject: other.profileName,
        act: () =>
          sageMaker.send(
            new CreatePresignedDomainUrlCommand({
              ...{ DomainId: domainId, UserProfileName: other.profileName },
              ExpiresInSeconds: shortestSeconds,
            }),
          ),
      });
    }),
};

export const openFromOutside: Attack = {
  name: 'open-from-outside',
  question: 'From outside the endpoints nobody opens even their own studio',
  attempt: (context) =>
    asPerson(context, ({ person, domainId, sageMaker }) =>
      expectRefusal(context, {
        subject: person.profileName,
        because: /explicit deny/i,
        act: () =>
          sageMaker.send(
            new CreatePresignedDomainUrlCommand({
              ...{ DomainId: domainId, UserProfileName: person.profileName },
              ExpiresInSeconds: shortestSeconds,
            }),
          ),
      }),
    ),
};

/**
 * SageMaker has no dry run of it: the person's own space is asked for, which starts nothing. Where it is there
 * already nothing is made, and only whoever is allowed is told so.
 */
export const unapprovedType: Attack = {
  name: 'unapproved-instance-type',
  question: 'No space is made for a size that the domain file does not name',
  attempt: (context) =>
    asPerson(context, ({ person, domainId, sageMaker }) => {
      const named = context.deployment.domain.instanceTypes.map(({ instanceType }) => instanceType);
      const InstanceType = ['ml.p4d.24xlarge', 'ml.g5.48xlarge'].find(
        (type) => !named.includes(type),
      );
      if (InstanceType === undefined) {
        return Promise.resolve(unknown('The domain file names every size that would be tried'));
      }
      const { profileName: SpaceName } = person;
      const { clients } = context;
      return expectRefusal(context, {
        ...{ subject: InstanceType, because: /explicit deny/i },
        isAllowed: /^(?:ResourceInUse|ResourceLimitExceeded)$/,
        act: () =>
          sageMaker.send(
            new CreateSpaceCommand({
              ...{ DomainId: domainId, SpaceName },
              OwnershipSettings: { OwnerUserProfileName: SpaceName },
              SpaceSharingSettings: { SharingType: 'Private' },
              SpaceSettings: {
                AppType: 'JupyterLab',
                JupyterLabAppSettings: {
                  DefaultResourceSpec: { InstanceType: InstanceType as 'ml.p4d.24xlarge' },
                },
              },
            }),
          ),
        // It was not there before, or it would not have been made.
        undo: () =>
          clients.sageMaker.send(new DeleteSpaceCommand({ DomainId: domainId, SpaceName })),
      });
    }),
};

export const spaceOfAnother: Attack = {
  name: 'space-of-another',
  question: 'One person makes no space in the name of another',
  attempt: (context) =>
    asPerson(context, async ({ other, domainId, sageMaker }) => {
      if (other === undefined) return unknown('The domain file has only one data scientist');
      const spaceName = `${other.profileName}-strongroom-check`;
      return expectRefusal(context, {
        subject: other.profileName,
        act: () =>
          sageMaker.send(
            new CreateSpaceCommand({
              ...{ DomainId: domainId, SpaceName: spaceName },
              OwnershipSettings: { OwnerUserProfileName: other.profileName },
              SpaceSharingSettings: { SharingType: 'Private' },
            }),
          ),
        leftover: { kind: 'space', domainId, spaceName },
      });
    }),
};

/** Whose a studio is, is told by its tag. */
export const changeTags: Attack = {
  name: 'change-tags',
  question: 'Nobody changes the tags that say whose a studio is',
  attempt: (context) =>
    asPerson(context, ({ person, domainId, sageMaker }) => {
      const { domain } = context.deployment;
      const arns = domainArns(domain);
      const resourceArn = arns.userProfile(person.profileName).replace(arns.domainId, domainId);
      const tagKey = 'strongroom-check';
      return expectRefusal(context, {
        subject: person.profileName,
        act: () =>
          sageMaker.send(
            new AddTagsCommand({
              ...{ ResourceArn: resourceArn, Tags: [{ Key: tagKey, Value: 'x' }] },
            }),
          ),
        leftover: { kind: 'tag', resourceArn, tagKey },
      });
    }),
};
