import type { PolicyKind } from '@strongroom/policy';
import type { Resource } from '../graph/resource.ts';
import { at, inside, itemsOf } from '../graph/resource.ts';
import type { Resources } from '../graph/resources.ts';
import { type PolicySource, type ReadPolicy, readPolicy } from './read-policy.ts';

/** By resource type: the properties that hold a document, and what it is attached to. */
const documents: Readonly<Record<string, readonly (readonly [string, PolicyKind])[]>> = {
  'AWS::IAM::Policy': [['PolicyDocument', 'identity']],
  'AWS::IAM::RolePolicy': [['PolicyDocument', 'identity']],
  'AWS::IAM::UserPolicy': [['PolicyDocument', 'identity']],
  'AWS::IAM::GroupPolicy': [['PolicyDocument', 'identity']],
  'AWS::IAM::ManagedPolicy': [['PolicyDocument', 'identity']],
  'AWS::IAM::Role': [['AssumeRolePolicyDocument', 'resource']],
  'AWS::SSO::PermissionSet': [['InlinePolicy', 'identity']],
  'AWS::S3::BucketPolicy': [['PolicyDocument', 'resource']],
  'AWS::S3::AccessPoint': [['Policy', 'resource']],
  'AWS::KMS::Key': [['KeyPolicy', 'resource']],
  'AWS::EC2::VPCEndpoint': [['PolicyDocument', 'endpoint']],
  'AWS::SNS::TopicPolicy': [['PolicyDocument', 'resource']],
  'AWS::SNS::TopicInlinePolicy': [['PolicyDocument', 'resource']],
  'AWS::SQS::QueuePolicy': [['PolicyDocument', 'resource']],
  'AWS::SQS::QueueInlinePolicy': [['PolicyDocument', 'resource']],
  'AWS::ECR::Repository': [['RepositoryPolicyText', 'resource']],
  'AWS::EFS::FileSystem': [['FileSystemPolicy', 'resource']],
  'AWS::SecretsManager::ResourcePolicy': [['ResourcePolicy', 'resource']],
  'AWS::Logs::ResourcePolicy': [['PolicyDocument', 'resource']],
};

const withInlinePolicies: readonly string[] = [
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
];

/** Every policy document in the templates. */
export function collectPolicies(resources: Resources): readonly ReadPolicy[] {
  return resources.all.flatMap((resource) => sourcesIn(resource, resources).map(readPolicy));
}

function sourcesIn(resource: Resource, resources: Resources): readonly PolicySource[] {
  const own = (documents[resource.type] ?? []).flatMap(([path, kind]): PolicySource[] => {
    const document = at(resource, path);
    if (document === undefined) return [];
    return [
      { resource, path, kind: isBoundary(resource, resources) ? 'boundary' : kind, document },
    ];
  });
  if (!withInlinePolicies.includes(resource.type)) return own;
  const inline = itemsOf(at(resource, 'Policies')).map(
    (item, index): PolicySource => ({
      ...{ resource, path: `Policies.${index}.PolicyDocument`, kind: 'identity' },
      document: inside(item, 'PolicyDocument'),
    }),
  );
  return [...own, ...inline];
}

/** A managed policy that some role or user names as its permissions boundary. */
function isBoundary(resource: Resource, resources: Resources): boolean {
  if (resource.type !== 'AWS::IAM::ManagedPolicy') return false;
  return boundaryArns(resources).has(resource.arn ?? '');
}

const known = new WeakMap<Resources, ReadonlySet<unknown>>();

function boundaryArns(resources: Resources): ReadonlySet<unknown> {
  const found = known.get(resources);
  if (found !== undefined) return found;
  const arns = new Set<unknown>(
    resources
      .ofType('AWS::IAM::Role', 'AWS::IAM::User')
      .map((resource) => at(resource, 'PermissionsBoundary')),
  );
  known.set(resources, arns);
  return arns;
}
