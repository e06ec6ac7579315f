import { identifierDigest } from './ec2-naming.ts';
import { arnOf, byName, type NamedResource, type Naming } from './naming.ts';

const symbol = ({ stack, logicalId }: NamedResource) => identifierDigest(`${stack}/${logicalId}`);

/** `Ref` is the name, and the ARN ends in `<kind>/<name>` or the like. */
function named(service: string, nameProperty: string, suffix: (name: string) => string): Naming {
  return {
    ...{ nameProperty, reference: byName },
    arn: (resource) => arnOf(resource, { service }, suffix(resource.name)),
  };
}

/** `Ref` is the ARN itself. */
function byArn(naming: Naming): Naming {
  return { ...naming, reference: naming.arn ?? naming.reference };
}

function iam(kind: string, nameProperty: string): Naming {
  return {
    ...{ nameProperty, reference: byName },
    arn: (resource) =>
      arnOf(
        resource,
        { service: 'iam', region: false },
        `${kind}${resource.property('Path') ?? '/'}${resource.name}`,
      ),
    attributes: { RoleId: (resource) => `AROA${symbol(resource).toUpperCase()}` },
  };
}

const keyId = (resource: NamedResource) => `key-${symbol(resource)}`;
const domainId = (resource: NamedResource) => `d-${symbol(resource).slice(0, 12)}`;
const ofDomain = (kind: string, nameProperty: string): Naming => ({
  ...{ nameProperty, reference: byName },
  arn: (resource) =>
    arnOf(
      resource,
      { service: 'sagemaker' },
      `${kind}/${resource.property('DomainId') ?? 'd-unknown'}/${resource.name}`,
    ),
});

export const serviceNaming: Readonly<Record<string, Naming>> = {
  'AWS::S3::Bucket': {
    ...{ nameProperty: 'BucketName', reference: byName },
    arn: (resource) =>
      arnOf(resource, { service: 's3', region: false, account: false }, resource.name),
  },
  'AWS::KMS::Key': {
    reference: keyId,
    referenceAttributes: ['KeyId'],
    arn: (resource) => arnOf(resource, { service: 'kms' }, `key/${keyId(resource)}`),
  },
  'AWS::KMS::Alias': {
    ...{ nameProperty: 'AliasName', reference: byName },
    arn: (resource) => arnOf(resource, { service: 'kms' }, resource.name),
  },
  'AWS::IAM::Role': iam('role', 'RoleName'),
  'AWS::IAM::User': iam('user', 'UserName'),
  'AWS::IAM::Group': iam('group', 'GroupName'),
  'AWS::IAM::ManagedPolicy': {
    ...byArn(iam('policy', 'ManagedPolicyName')),
    arnAttributes: ['PolicyArn'],
  },
  'AWS::SageMaker::Domain': {
    reference: domainId,
    referenceAttributes: ['DomainId'],
    arnAttributes: ['DomainArn'],
    arn: (resource) => arnOf(resource, { service: 'sagemaker' }, `domain/${domainId(resource)}`),
    attributes: {
      HomeEfsFileSystemId: (resource) => `fs-${symbol(resource)}`,
      SecurityGroupIdForDomainBoundary: (resource) => `sg-boundary-${symbol(resource)}`,
    },
  },
  'AWS::SageMaker::UserProfile': {
    ...ofDomain('user-profile', 'UserProfileName'),
    arnAttributes: ['UserProfileArn'],
  },
  'AWS::SageMaker::Space': { ...ofDomain('space', 'SpaceName'), arnAttributes: ['SpaceArn'] },
  'AWS::SageMaker::Image': {
    ...byArn(named('sagemaker', 'ImageName', (name) => `image/${name}`)),
    arnAttributes: ['ImageArn'],
  },
  'AWS::EFS::FileSystem': {
    reference: (resource) => `fs-${symbol(resource)}`,
    referenceAttributes: ['FileSystemId'],
    arn: (resource) =>
      arnOf(resource, { service: 'elasticfilesystem' }, `file-system/fs-${symbol(resource)}`),
  },
  'AWS::EFS::AccessPoint': {
    reference: (resource) => `fsap-${symbol(resource)}`,
    referenceAttributes: ['AccessPointId'],
    arn: (resource) =>
      arnOf(resource, { service: 'elasticfilesystem' }, `access-point/fsap-${symbol(resource)}`),
  },
  'AWS::Logs::LogGroup': named('logs', 'LogGroupName', (name) => `log-group:${name}:*`),
  'AWS::SNS::Topic': {
    ...byArn(named('sns', 'TopicName', (name) => name)),
    arnAttributes: ['TopicArn'],
  },
  'AWS::SQS::Queue': named('sqs', 'QueueName', (name) => name),
  'AWS::CloudTrail::Trail': named('cloudtrail', 'TrailName', (name) => `trail/${name}`),
  'AWS::ECR::Repository': named('ecr', 'RepositoryName', (name) => `repository/${name}`),
  'AWS::Lambda::Function': named('lambda', 'FunctionName', (name) => `function:${name}`),
  'AWS::CodeCommit::Repository': {
    ...named('codecommit', 'RepositoryName', (name) => name),
    reference: symbol,
    attributes: { Name: byName },
  },
  'AWS::NetworkFirewall::Firewall': {
    ...byArn(named('network-firewall', 'FirewallName', (name) => `firewall/${name}`)),
    arnAttributes: ['FirewallArn'],
    attributes: {
      EndpointIds: (resource) =>
        ['a', 'b', 'c'].map(
          (zone) => `${resource.region}${zone}:vpce-firewall-${symbol(resource)}${zone}`,
        ),
    },
  },
  'AWS::NetworkFirewall::FirewallPolicy': {
    ...byArn(named('network-firewall', 'FirewallPolicyName', (name) => `firewall-policy/${name}`)),
    arnAttributes: ['FirewallPolicyArn'],
  },
  'AWS::NetworkFirewall::RuleGroup': {
    ...byArn(named('network-firewall', 'RuleGroupName', (name) => `stateful-rulegroup/${name}`)),
    arnAttributes: ['RuleGroupArn'],
  },
};
