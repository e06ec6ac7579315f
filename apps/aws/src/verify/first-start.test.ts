import { verify } from '@strongroom/template-verifier';
import { expect, it } from 'vitest';
import { domainWith, templatesOf } from '../testing/synthesized.ts';
import { acceptances } from './acceptances.ts';

const image = `images:
    - { imageName: host-python, uri: '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/one:1' }`;

/** No false alarm, and nothing left open, on what this product itself makes. */
it.each([
  ['of a first start', ''],
  ['with a way out by an allow-list', 'aws: { network: { egress: allow-list } }'],
  [
    'with three zones, Athena and images of its own',
    `aws:
  network: { availabilityZones: 3 }
  services: [athena, glue]
  configRules: true
  ${image}`,
  ],
  ['with budgets', 'budgets: { perPerson: 300, teams: [{ team: platform, monthlyAmount: 900 }] }'],
])('the templates of a domain %s have nothing broken and nothing unknown', async (_, added) => {
  const domain = domainWith([], added);
  const templates = Object.fromEntries(
    templatesOf(domain).map(({ stackName, resources, outputs }) => [
      stackName,
      { Resources: resources, Outputs: outputs },
    ]),
  );
  const { accountId, region } = domain.domain;
  const { answers, counts, acceptedCount } = await verify({
    ...{ templates, acceptances, surroundings: { accountId, region } },
  });
  const alarms = answers
    .filter(({ verdict, accepted }) => verdict !== 'holds' && accepted === undefined)
    .filter(({ verdict }) => verdict !== 'not-applicable');
  expect(alarms.map(({ question }) => question.id)).toEqual([]);
  expect(counts.holds).toBeGreaterThan(70);
  expect(acceptedCount).toBe(acceptances.length);
});
