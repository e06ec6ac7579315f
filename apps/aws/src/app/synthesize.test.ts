import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainWith } from '../testing/synthesized.ts';
import { withoutReason } from './acknowledgements.ts';
import { type Synthesis, synthesize } from './synthesize.ts';

const folder = mkdtempSync(join(tmpdir(), 'strongroom-aws-synthesis-'));
/** Everything that a domain file can ask of AWS, so that every construct is seen by the rules. */
const everything = domainWith(
  [],
  `budgets: { perPerson: 100, teams: [{ team: risk-models, monthlyAmount: 500 }] }
aws:
  network: { egress: allow-list, availabilityZones: 3, furtherEndpoints: [vpce-0a1b2c3d] }
  authMode: SSO
  trustedPrincipals: ['arn:aws:iam::000000000000:saml-provider/bank']
  images:
    - { imageName: bash, uri: 000000000000.dkr.ecr.ap-northeast-2.amazonaws.com/bash:1 }
  services: [athena, glue]
  repositories: [{ name: models, owner: alice, access: everyone }]
  alarmAddress: security@bank.example
  configRules: true
`,
);

/** Three packs of rules take seconds, and many times that where other tests have the machine. */
const longestMilliseconds = 300_000;

describe('a synthesis', () => {
  let synthesis: Synthesis;
  beforeAll(async () => {
    synthesis = await synthesize(everything, { folder });
  }, longestMilliseconds);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has nothing that a rule finds and nobody gave a reason for', () => {
    expect(synthesis.findings).toEqual([]);
    expect(synthesis.acknowledgedCount).toBeGreaterThan(50);
  });

  it('is what the CDK’s own command line deploys', () => {
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['manifest.json', 'strongroom-research.template.json']),
    );
    expect(synthesis.stacks.map(({ stackName, dependsOn }) => [stackName, dependsOn])).toEqual([
      ['strongroom-research', []],
      ['strongroom-research-people-1', ['strongroom-research']],
    ]);
  });

  it('tells a rule that does not hold somewhere else than where a reason was given', () => {
    const finding = {
      ...{ source: 'AwsSolutions', rule: 'AwsSolutions-S10', severity: 'error', description: '' },
      constructPaths: ['strongroom-research/DataBuckets/bucket-data'],
    };
    expect(withoutReason(finding)).toEqual(finding);
  });
});
