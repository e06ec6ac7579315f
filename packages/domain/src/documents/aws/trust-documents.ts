import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import { profileTag, roleTag, teamTag } from '../tags.ts';
import { calledViaTag } from './as-aws-holds-it.ts';

const requestedProfile = `aws:RequestTag/${profileTag}`;

/**
 * Who may act as a person of the domain: the portal and whom the domain file trusts, in a session that
 * has the person's name and says so in its tags (IAM User Guide, "Pass session tags in AWS STS").
 */
export function domainRoleTrust(trusted: readonly string[]): PolicyDocument {
  const roles = trusted.filter((arn) => !isProvider(arn));
  const providers = trusted.filter(isProvider);
  const isTagged = {
    Null: { [requestedProfile]: 'false' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': [profileTag, teamTag, roleTag, calledViaTag] },
  };
  const asPrincipals = (
    principal: NonNullable<PolicyStatement['Principal']>,
    action: string,
  ): PolicyStatement[] => [
    {
      ...{ Sid: action.replace('sts:', ''), Effect: 'Allow', Principal: principal, Action: action },
      Condition: {
        StringEquals: {
          'sts:RoleSessionName': `\${${requestedProfile}}`,
          ...(action === 'sts:AssumeRole' ? {} : samlAudience),
        },
      },
    },
    {
      ...{ Sid: `TagsOf${action.replace('sts:', '')}`, Effect: 'Allow', Principal: principal },
      Action: ['sts:TagSession', 'sts:SetSourceIdentity'],
      Condition: isTagged,
    },
  ];
  return {
    Version: '2012-10-17',
    Statement: [
      ...(roles.length === 0 ? [] : asPrincipals({ AWS: roles }, 'sts:AssumeRole')),
      ...(providers.length === 0
        ? []
        : asPrincipals({ Federated: providers }, 'sts:AssumeRoleWithSAML')),
    ],
  };
}

const samlAudience = { 'SAML:aud': 'https://signin.aws.amazon.com/saml' };

function isProvider(arn: string): boolean {
  return arn.includes(':saml-provider/');
}

/**
 * SageMaker alone, for this account (SageMaker Developer Guide, "Cross-service confused deputy
 * prevention"), and with the person's name as source identity ("Monitor user resource access with
 * sourceIdentity").
 */
export function executionRoleTrust(accountId: string): PolicyDocument {
  return serviceTrust('sagemaker.amazonaws.com', accountId, [
    'sts:AssumeRole',
    'sts:SetSourceIdentity',
  ]);
}

export function serviceTrust(
  service: string | readonly string[],
  accountId: string,
  actions: readonly string[] = ['sts:AssumeRole'],
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'TheServiceAlone', Effect: 'Allow', Action: [...actions] },
        Principal: { Service: typeof service === 'string' ? service : [...service] },
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  };
}
