import type { ProfileName, Role } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from '../file/default-domain-file.ts';
import { readDomain } from '../file/read-domain.ts';
import { checkDocument, describeFinding } from './check-document.ts';
import { renderPolicies } from './render-policies.ts';

const person = (name: string, role: Role) => ({
  ...{ profileName: name as ProfileName, displayName: `Person ${name}` },
  ...{ role, team: 'risk-models' },
});
const people = [person('alice', 'data-scientist'), person('otto', 'auditor')];
const resources = {
  dataKeyArn: 'arn:aws:kms:ap-northeast-2:000000000000:key/11111111-2222-4333-8444-555555555555',
};

describe('the policies that a domain file renders', () => {
  const read = readDomain(defaultDomainFile, '/srv/strongroom.yaml', 'strongroom.yaml');
  const domain = { ...read.domain, people };

  it('bind everybody they should, and give an auditor no notebook', () => {
    const names = renderPolicies(domain, resources).map(({ name }) => name);
    expect(names).toEqual([
      ...['studio-owner', 'domain-administrators', 'domain-auditors', 'instance-type-cap'],
      ...['image-cap', 'execution-role-alice', 'boundary-research', 'endpoint-sts', 'endpoint-api'],
      ...['endpoint-s3', 'endpoint-git', 'bucket-access-alice', 'repository-access-alice'],
      ...['bucket-research-risk-models', 'bucket-research-reference'],
      'bucket-strongroom-git-lfs-000000000000',
      ...['sharing', 'bucket-strongroom-000000000000-sharing', 'sharing-bucket'],
    ]);
  });

  it.each(['owner', 'team'] as const)(
    'have no mistake that a check finds, sharing: %s',
    async (sharing) => {
      const shared = { ...domain, studios: { ...domain.studios, sharing } };
      for (const { name, kind, document } of renderPolicies(shared, resources)) {
        const findings = await checkDocument(document, kind);
        const errors = findings.filter(({ severity }) => severity === 'error');
        expect(errors.map(describeFinding), name).toEqual([]);
      }
    },
  );

  it('are the same whenever they are rendered', () => {
    expect(JSON.stringify(renderPolicies(domain, resources))).toBe(
      JSON.stringify(renderPolicies(domain, resources)),
    );
  });
});
