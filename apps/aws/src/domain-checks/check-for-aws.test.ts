import { DomainFileError, defaultDomainFile, readDomain } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { checkForAws } from './check-for-aws.ts';

type Change = readonly [from: string, to: string];

/** Every problem of the default domain file with these changes, as a person is told. */
function problemsOf(changes: readonly Change[], added = ''): string[] {
  const text = changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The default domain file has no "${from}"`);
    return changed.replace(from, to);
  }, defaultDomainFile);
  try {
    const { domain, parsed } = readDomain(`${text}\n${added}`, '/srv/strongroom.yaml', 'd.yaml');
    return parsed.refuse(checkForAws(domain)).message.split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof DomainFileError) return error.message.split('\n');
    throw error;
  }
}

const people = (count: number): Change => [
  '  - profileName: bob\n',
  `${Array.from({ length: count }, (_, index) => `  - { profileName: p${index}, displayName: P, role: data-scientist, team: risk-models }\n`).join('')}  - profileName: bob\n`,
];

describe('a domain file for AWS', () => {
  it('has nothing to mend as a first start writes it', () => {
    expect(problemsOf([])).toEqual([]);
  });

  it('is told everything that cannot be there at once, each with its line and mend', () => {
    const problems = problemsOf(
      [
        ['region: ap-northeast-2', 'region: ap-southwest-9'],
        ['instanceType: ml.m5.xlarge', 'instanceType: ml.m99.xlarge'],
        ['- name: research-reference', '- name: research-reference--ol-s3'],
        ['- name: risk-models', '- name: "R&D"'],
        ['    team: risk-models\n  - profileName: bob', '    team: "R&D"\n  - profileName: bob'],
        ['    team: risk-models\n\n# What kernels', '    team: "R&D"\n\n# What kernels'],
        ['{ to: { team: risk-models }', '{ to: { team: "R&D" }'],
      ],
      'aws:\n  network: { cidr: 10.0.0.0/8, connectedNetworks: [10.9.0.0/16] }\n  distributionImages: false\n',
    );
    expect(problems.map((problem) => /^d\.yaml:(\d+):\d+: (.*)$/.exec(problem)?.[1])).not.toContain(
      undefined,
    );
    const told = problems.join('\n');
    for (const place of [
      'domain.region',
      'instanceTypes[3].instanceType',
      'buckets[1].name',
      'teams[1].name',
      'aws.network.cidr',
      'aws.network.connectedNetworks[0]',
      'aws.distributionImages',
    ]) {
      expect(told).toContain(` for ${place}: `);
    }
    expect(problems).toHaveLength(7);
    for (const problem of problems) expect(problem).toMatch(/\([^)]{5,}\)$/);
  });

  it.each([
    ['network: { availabilityZones: 1 }', 'aws.network.availabilityZones'],
    ['network: { availabilityZones: 4 }', 'aws.network.availabilityZones'],
    ['network: { cidr: 10.40.0.0/24 }', 'aws.network.cidr'],
    ['network: { cidr: 10.40.0.1/16 }', 'aws.network.cidr'],
    ['network: { cidr: 8.8.0.0/16 }', 'aws.network.cidr'],
    ['network: { cidr: 172.17.0.0/16 }', 'aws.network.cidr'],
    ['network: { s3PrefixList: s3 }', 'aws.network.s3PrefixList'],
    ['repositories: [{ name: models, owner: mallory }]', 'aws.repositories[0].owner'],
    [
      'images: [{ imageName: none, uri: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/a:1" }]',
      'aws.images[0].imageName',
    ],
    [
      'images: [{ imageName: bash, uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1" }]',
      'aws.images[0].uri',
    ],
    ['images: [{ imageName: bash, uri: "docker.io/a:1" }]', 'aws.images[0].uri'],
    ["trustedPrincipals: ['*']", 'aws.trustedPrincipals[0]'],
  ])('refuses %s', (section, place) => {
    const problems = problemsOf([], `aws: { ${section} }\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`for ${place}`);
  });

  it('refuses a way out that leads nowhere', () => {
    const lists = defaultDomainFile.slice(
      defaultDomainFile.indexOf('  allowLists:'),
      defaultDomainFile.indexOf('  # People for whom'),
    );
    const [problem] = problemsOf([[lists, '']], 'aws: { network: { egress: allow-list } }\n');
    expect(problem).toContain('for aws.network.egress');
  });

  it('refuses more people in a stack than CloudFormation takes, and says how many stacks it takes', () => {
    expect(problemsOf([people(110)], 'aws: { cohorts: 1 }\n')).toEqual([]);
    const [problem] = problemsOf([people(200)], 'aws: { cohorts: 1 }\n');
    expect(problem).toContain('for aws.cohorts');
    expect(problem).toMatch(/use \d+ or more/);
    expect(problemsOf([people(500)])).toEqual([]);
  });

  it('refuses more buckets than the documents of IAM can name', () => {
    const buckets = Array.from(
      { length: 60 },
      (_, index) =>
        `  - { name: research-with-a-long-name-${index}, access: [{ to: everyone, permission: read-write }] }\n`,
    ).join('');
    const change: Change = ['buckets:\n', `buckets:\n${buckets}`];
    expect(problemsOf([change]).join()).toContain('for buckets: the document');
  });

  it('refuses budgets that AWS cannot count', () => {
    const currency: Change = ['  currency: USD', '  currency: EUR'];
    expect(problemsOf([currency], 'budgets: { perPerson: 10 }\n')[0]).toContain('prices.currency');
    expect(problemsOf([currency])).toEqual([]);
  });
});
