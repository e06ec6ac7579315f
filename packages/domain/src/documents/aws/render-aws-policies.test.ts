import type { PolicyDocument, PolicyKind } from '@strongroom/policy';
import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from '../../file/default-domain-file.ts';
import { readDomain } from '../../file/read-domain.ts';
import { checkDocument, describeFinding } from '../check-document.ts';
import { domainArns } from '../domain-arns.ts';
import { renderPolicies } from '../render-policies.ts';
import { asAwsHoldsIt } from './as-aws-holds-it.ts';
import { renderAwsPolicies } from './render-aws-policies.ts';

const { domain } = readDomain(defaultDomainFile, '/srv/strongroom.yaml', 'strongroom.yaml');
const key = (name: string) => `arn:aws:kms:ap-northeast-2:000000000000:key/${name}`;
const resources = {
  ...{ domainId: 'd-abcdefabcdef', dataKeyArn: key('data'), studioKeyArn: key('studio') },
  ...{ studioEndpointIds: ['vpce-0a', 'vpce-0b'], bucketEndpointIds: ['vpce-0c'] },
  ...{ subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupId: 'sg-0a' },
  portalRoleArn: 'arn:aws:iam::000000000000:role/strongroom/portal',
};
const policies = renderAwsPolicies(domain, resources);
const all: readonly (readonly [string, PolicyKind, PolicyDocument])[] = [
  ...policies.managed.map(({ name, document }) => [name, 'identity', document] as const),
  ...[...policies.executionRoles].map(([name, document]) => [name, 'identity', document] as const),
  ...[...policies.endpoints].map(([name, document]) => [name, 'endpoint', document] as const),
  ...[...policies.buckets].map(([name, document]) => [name, 'resource', document] as const),
  ...Object.entries(policies.keys).map(([name, document]) => [name, 'resource', document] as const),
  ...[['boundary', 'boundary', policies.boundary] as const],
  ...[['portal', 'identity', policies.portal] as const],
];

describe('the policies that a domain file renders for AWS', () => {
  it.each(all)('have no mistake that a check finds: %s', async (_, kind, document) => {
    const findings = await checkDocument(document, kind);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(describeFinding)).toEqual([]);
  });

  it('hold no word that AWS has not, and no id that AWS did not give', () => {
    const text = JSON.stringify(all);
    expect(text).not.toMatch(/"strongroom:[A-Z]/);
    expect(text).not.toContain('arn:aws:strongroom');
    expect(text).not.toContain('aws:CalledVia');
    expect(text).not.toContain(domainArns(domain).domainId);
  });

  it('are the rendered ones, changed in the ways that are named and no other', () => {
    const ids = { rendered: domainArns(domain).domainId, onAws: resources.domainId };
    const further = 'arn:aws:sagemaker:ap-northeast-2:*:image/sagemaker-distribution-*';
    const rendered = renderPolicies(domain, { ...resources, furtherImageArns: [further] });
    for (const policy of policies.managed) {
      if (policy.rendered === undefined) continue;
      const same = rendered.find(({ name }) => name === policy.rendered);
      expect(same && asAwsHoldsIt(same.document, ids)).toEqual(policy.document);
    }
    expect(policies.managed.filter((policy) => policy.rendered !== undefined).length).toBe(6);
  });

  it('tell which documents are left to the portal', () => {
    expect(policies.leftToPortal).toEqual([
      ...['endpoint-api', 'bucket-access-admin', 'bucket-access-alice', 'bucket-access-bob'],
      ...['repository-access-admin', 'repository-access-alice', 'repository-access-bob'],
    ]);
  });
});
