import { type DomainPerson, profileTag, roleTag, teamTag } from '@strongroom/domain';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnSpace, CfnUserProfile } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { roleParts } from '../app/names.ts';

/** One person: an execution role of their own, a profile that says whose it is, and a private space. */
export class Person extends Construct {
  constructor(
    scope: Construct,
    options: {
      person: DomainPerson;
      domainId: string;
      authMode: 'IAM' | 'SSO';
      roleArn: string;
      trust: object;
      document: object;
      boundaryArn: string;
      policyArns: string[];
      securityGroupId: string;
      spaceGibibytes: number;
    },
  ) {
    const { person, domainId, securityGroupId } = options;
    // Never a name that a person chose alone: the CDK and CloudFormation have words of their own.
    super(scope, `person-${person.profileName}`);
    const tags = tagsOf(person);
    const role = new CfnRole(this, 'ExecutionRole', {
      ...roleParts(options.roleArn),
      description: 'What the notebooks of one person act as',
      assumeRolePolicyDocument: options.trust,
      managedPolicyArns: options.policyArns,
      permissionsBoundary: options.boundaryArn,
      policies: [{ policyName: 'execution-role', policyDocument: options.document }],
      tags,
    });
    const profile = new CfnUserProfile(this, 'Profile', {
      ...{ domainId, userProfileName: person.profileName, tags },
      ...(options.authMode === 'SSO' && {
        singleSignOnUserIdentifier: 'UserName',
        singleSignOnUserValue: person.profileName,
      }),
      userSettings: { executionRole: role.attrArn, securityGroups: [securityGroupId] },
    });
    const space = new CfnSpace(this, 'Space', {
      ...{ domainId, spaceName: person.profileName, tags },
      ownershipSettings: { ownerUserProfileName: profile.userProfileName },
      spaceSharingSettings: { sharingType: 'Private' },
      spaceSettings: {
        appType: 'JupyterLab',
        spaceStorageSettings: {
          ebsStorageSettings: { ebsVolumeSizeInGb: options.spaceGibibytes },
        },
      },
    });
    space.addResourceDependency(profile);
  }
}

function tagsOf({ profileName, team, role }: DomainPerson) {
  return [
    { key: profileTag, value: profileName },
    { key: teamTag, value: team },
    { key: roleTag, value: role },
  ];
}
