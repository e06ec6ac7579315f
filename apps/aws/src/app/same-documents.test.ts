import {
  type AwsResources,
  asAwsHoldsIt,
  domainArns,
  renderAwsPolicies,
  renderPolicies,
} from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { resolveIntrinsics } from '../testing/resolve-intrinsics.ts';
import { domainWith, type Resource, resourcesOf, templatesOf } from '../testing/synthesized.ts';
import { portalRoleArn } from './names.ts';

const domain = domainWith();
const templates = templatesOf(domain);

/** The names that stand for what only AWS can tell; each is one kind of token of the template. */
const resources: AwsResources = {
  ...{ domainId: '<DomainId>', dataKeyArn: '<DataKey>', studioKeyArn: '<StudioKey>' },
  studioEndpointIds: ['<sagemaker.api>', '<studio>'],
  ...{ bucketEndpointIds: ['<s3>'], subnetIds: ['<subnet 0>', '<subnet 1>'] },
  ...{ securityGroupId: '<studios>', portalRoleArn: portalRoleArn(domain) },
};
const expected = renderAwsPolicies(domain, resources);

describe('the documents that the templates deploy', () => {
  it('are those that this machine enforces, with the names of AWS in place of tokens', () => {
    const ids = { rendered: domainArns(domain).domainId, onAws: '<DomainId>' };
    const further = ['arn:aws:sagemaker:ap-northeast-2:*:image/sagemaker-distribution-*'];
    const enforced = renderPolicies(domain, {
      ...{ dataKeyArn: '<DataKey>', furtherImageArns: further },
    });
    const deployed = managedDocuments();
    const rendered = expected.managed.filter((policy) => policy.rendered !== undefined);
    expect(rendered.map(({ name }) => name)).toEqual([
      ...['studio-owner', 'domain-administrators', 'domain-auditors', 'instance-type-cap'],
      ...['image-cap', 'sharing'],
    ]);
    for (const { name } of rendered) {
      const local = enforced.find((policy) => policy.name === name);
      expect(deployed.get(name), name).toEqual(local && asAwsHoldsIt(local.document, ids));
    }
  });

  it('hold every managed policy, boundary and portal as rendered', () => {
    const deployed = managedDocuments();
    for (const { name, document } of expected.managed) {
      expect(deployed.get(name), name).toEqual(document);
    }
    expect(deployed.get('boundary')).toEqual(expected.boundary);
    expect(deployed.get('portal')).toEqual(expected.portal);
    expect(deployed.size).toBe(expected.managed.length + 2);
  });

  it('hold every execution role as rendered, in the role of its person alone', () => {
    const roles = resourcesOf(templates, 'AWS::IAM::Role').map(({ resource }) => resource);
    for (const [profileName, document] of expected.executionRoles) {
      const name = domainArns(domain).executionRole(profileName).split('/').at(-1);
      const role = roles.find(({ Properties }) => Properties.RoleName === name);
      const [policy] = named(role?.Properties.Policies) as { PolicyDocument: unknown }[];
      expect(policy?.PolicyDocument, profileName).toEqual(document);
    }
    expect(expected.executionRoles.size).toBe(3);
  });

  it('hold every endpoint, bucket and key as rendered', () => {
    const endpoints = resourcesOf(templates, 'AWS::EC2::VPCEndpoint').map(({ resource }) => [
      serviceOf(resource),
      named(resource.Properties.PolicyDocument),
    ]);
    expect(Object.fromEntries(endpoints)).toEqual(Object.fromEntries(expected.endpoints));
    const buckets = resourcesOf(templates, 'AWS::S3::BucketPolicy').map(({ resource }) => [
      named(resource.Properties.Bucket),
      named(resource.Properties.PolicyDocument),
    ]);
    expect(Object.fromEntries(buckets)).toMatchObject(Object.fromEntries(expected.buckets));
    const keys = resourcesOf(templates, 'AWS::KMS::Key').map(({ resource }) =>
      named(resource.Properties.KeyPolicy),
    );
    expect(keys).toEqual([expected.keys.data, expected.keys.studio, expected.keys.log]);
  });
});

function managedDocuments(): Map<string, unknown> {
  return new Map(
    resourcesOf(templates, 'AWS::IAM::ManagedPolicy').map(({ resource }) => [
      String(resource.Properties.ManagedPolicyName).replace('strongroom-research-', ''),
      named(resource.Properties.PolicyDocument),
    ]),
  );
}

function named(value: unknown): unknown {
  return resolveIntrinsics(value, templates, nameOf);
}

function nameOf(logicalId: string): string {
  const resource = templates
    .map(({ resources: all }) => all[logicalId])
    .find((found) => found !== undefined);
  if (resource === undefined) return `<${logicalId}>`;
  switch (resource.Type) {
    case 'AWS::SageMaker::Domain':
      return '<DomainId>';
    case 'AWS::KMS::Key':
      return `<${/Data|Studio|Log/.exec(logicalId)?.[0]}Key>`;
    case 'AWS::EC2::VPCEndpoint':
      return `<${serviceOf(resource)}>`;
    case 'AWS::EC2::Subnet':
      return `<subnet ${/Isolated(\d)/.exec(logicalId)?.[1]}>`;
    case 'AWS::EC2::SecurityGroup':
      return logicalId.includes('GroupsStudios') ? '<studios>' : '<endpoints>';
    case 'AWS::S3::Bucket':
      return String(resource.Properties.BucketName);
    default:
      return `<${logicalId}>`;
  }
}

function serviceOf({ Properties }: Resource): string {
  const serviceName = String(Properties.ServiceName);
  return serviceName.endsWith('.studio')
    ? 'studio'
    : serviceName.replace('com.amazonaws.ap-northeast-2.', '');
}
