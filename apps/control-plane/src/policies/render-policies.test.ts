import { describe, expect, it } from 'vitest';
import { newPerson } from '../studios/testing/test-people.ts';
import { checkDocument, describeFinding } from './check-document.ts';
import { renderPolicies } from './render-policies.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const people = [newPerson('alice', 1, {}), newPerson('otto', 2, { role: 'auditor' })];

describe('the policies that a domain file renders', () => {
  const domain = domainWith(() => people)();

  it('bind everybody they should, and give an auditor no notebook', () => {
    const names = renderPolicies(domain, testResources()).map(({ name }) => name);
    expect(names).toEqual([
      ...[
        'studio-owner',
        'domain-administrators',
        'domain-auditors',
        'instance-type-cap',
        'image-cap',
      ],
      ...['execution-role-alice', 'boundary-research', 'endpoint-sts', 'endpoint-api'],
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
      for (const { name, kind, document } of renderPolicies(shared, testResources())) {
        const findings = await checkDocument(document, kind);
        const errors = findings.filter(({ severity }) => severity === 'error');
        expect(errors.map(describeFinding), name).toEqual([]);
      }
    },
  );

  it('are the same whenever they are rendered', () => {
    expect(JSON.stringify(renderPolicies(domain, testResources()))).toBe(
      JSON.stringify(renderPolicies(domain, testResources())),
    );
  });
});
