import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from './default-domain-file.ts';
import { DomainFileError } from './domain-file-problem.ts';
import { readDomain } from './read-domain.ts';

const read = (text: string) => readDomain(text, '/srv/strongroom.yaml', 'strongroom.yaml').domain;

/** The default file with each `from` replaced, all of which must be in it. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The default domain file has no "${from}"`);
    return text.replace(from, to);
  }, defaultDomainFile);
}

function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DomainFileError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a domain file', () => {
  it('as a first start writes it has no problem and paths relative to itself', () => {
    const domain = read(defaultDomainFile);
    expect(domain.dataFolder).toBe('/srv/data');
    expect(domain.people.map(({ profileName }) => profileName)).toEqual(['admin', 'alice', 'bob']);
    expect(domain.server.studioHostSuffix).toBe('studio.localhost');
  });

  it.each(['"ali\\u200bce"', '"\\u202eecila"', '"\\u0430lice"', '"\\u3164"'])(
    'takes no name that is not what it looks like: %s',
    (written) => {
      const [problem] = problemsOf(changed(['displayName: Alice', `displayName: ${written}`]));
      expect(problem).toContain('people[1].displayName');
    },
  );

  it('tells every problem at once, each with its place and its mend, in the order of the file', () => {
    const text = changed(
      ['name: research', 'nam: research'],
      ["'000000000000'", '000000000000'],
      ['port: 8080', 'port: 80800'],
      ['console.localhost\n  # Each', 'console.bank.example\n  # Each'],
      ['team: platform', 'team: platfrom'],
      ['role: data-scientist', 'role: boss'],
      ['profileName: bob', 'profileName: alice'],
      ['instanceType: ml.t3.medium\n\nstudios', 'instanceType: system\n\nstudios'],
      ['  absoluteHours: 12', '  absoluteHours: 12\n  idleMinuts: 1'],
    );
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "strongroom.yaml:7:1: domain.name is missing (use 1 to 63 letters, digits and hyphens, for example research)",
        "strongroom.yaml:8:3: cannot use the unknown key domain.nam (did you mean name?)",
        "strongroom.yaml:11:14: cannot use 000000000000 for domain.accountId (use the 12 digits of an AWS account between quotes, for example '000000000000')",
        "strongroom.yaml:18:11: cannot use 80800 for server.listen.port (use a whole number from 1 to 65535, for example 8080)",
        "strongroom.yaml:21:20: cannot use "console.bank.example" for server.consoleHostName: browsers keep its cookies safe only over TLS (add server.tls, or use a name that ends with .localhost)",
        "strongroom.yaml:47:11: cannot use "platfrom" for people[0].team: there is no such name (did you mean platform?)",
        "strongroom.yaml:50:11: cannot use "boss" for people[1].role (use administrator, auditor or data-scientist)",
        "strongroom.yaml:52:18: cannot use "alice" for people[2].profileName: people[1].profileName is the same (use each name once)",
        "strongroom.yaml:113:17: cannot use "system" for defaults.instanceType: there is no such name (use one of the instanceTypes other than system: ml.t3.medium, ml.m5.large, ml.m5.xlarge)",
        "strongroom.yaml:202:3: cannot use the unknown key sessions.idleMinuts (did you mean idleMinutes?)",
      ]
    `);
  });

  it.each([
    ['', 1],
    ['just text', 1],
    ['- a\n- list', 1],
    ['domain: [\n', 1],
    ['domain: {}\ndomain: {}\n', 1],
    ['a: "\n', 1],
    ['\tdomain: x', 1],
  ])('that is no domain file at all is told so with a place: %j', (text, atLeast) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThanOrEqual(atLeast);
    for (const problem of problems) expect(problem).toMatch(/^strongroom\.yaml:\d+:\d+: /);
  });

  it('cannot use up the memory by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = level === 0 ? 'x, x, x, x, x, x, x, x' : Array(8).fill(`*a${level - 1}`);
      return `a${level}: &a${level} [${items}]`;
    });
    expect(problemsOf(levels.join('\n'))).toEqual([
      'strongroom.yaml:1:1: cannot use this many aliases (*name): at most 100 are read (write the values out)',
    ]);
  });

  it('may use aliases where they are few', () => {
    const text = changed(
      ['memoryMebibytes: 4096', 'memoryMebibytes: &small 4096'],
      ['memoryMebibytes: 8192', 'memoryMebibytes: *small'],
    );
    expect(read(text).instanceTypes[2]?.memoryMebibytes).toBe(4096);
  });

  it('needs an administrator, the system instance type and an idle time below the absolute one', () => {
    const text = changed(
      ['    role: administrator', '    role: data-scientist'],
      ['  - { instanceType: system, vcpuCount: 1, memoryMebibytes: 1024 }\n', ''],
      ['idleMinutes: 60', 'idleMinutes: 721'],
    );
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "strongroom.yaml:43:1: people has no administrator (give one person "role: administrator")",
        "strongroom.yaml:97:1: instanceTypes has no "system", the size of a studio's own server and terminals (add "- { instanceType: system, vcpuCount: 1, memoryMebibytes: 1024 }")",
        "strongroom.yaml:198:16: cannot use 721 for sessions.idleMinutes: sessions.absoluteHours ends a session sooner, after 720 minutes (use less)",
      ]
    `);
  });

  it('keeps the console’s name apart from studios’ names', () => {
    const text = changed(["'*.studio.localhost'", "'*.localhost'"]);
    expect(problemsOf(text)[0]).toContain('"*.localhost" for server.studioHostName');
  });

  it('promises no quota of a bucket that another S3 would not keep', () => {
    const elsewhere = 'objects:\n  store: { s3: { region: ap-northeast-2, kmsKey: alias/data } }\n';
    const bucket = 'buckets:\n  - { name: risk-data, access: [], quotaGibibytes: 5 }\n';
    const text = `${defaultDomainFile.replace(/^(?:objects|buckets):\n(?:[ #].*\n|\n)*/gm, '')}\n`;
    expect(problemsOf(`${text}${bucket}`)).toEqual([]);
    const [problem, ...others] = problemsOf(`${text}${elsewhere}${bucket}`);
    expect(problem).toContain('cannot use 5 for buckets[0].quotaGibibytes');
    expect(others).toEqual([]);
  });

  it.each(['sagemaker', '{ sagemaker: {} }'])(
    'refuses Identity Center where it opens studios itself: %s',
    (runtime) => {
      const added = (authMode: string) =>
        `${defaultDomainFile}\ncompute: { runtime: ${runtime} }\naws: { authMode: ${authMode} }\n`;
      const aboutSignIn = (authMode: string) =>
        problemsOf(added(authMode)).filter((problem) => problem.includes('for aws.authMode'));
      expect(aboutSignIn('SSO')).toHaveLength(1);
      expect(aboutSignIn('IAM')).toEqual([]);
    },
  );

  it('refuses a budget of nobody, which would limit nobody', () => {
    const budgets = [
      ...['budgets:', '  people:', '    - { profileName: alic, monthlyAmount: 5 }'],
      ...['    - { profileName: bob, monthlyAmount: 5 }'],
      ...['    - { profileName: bob, monthlyAmount: 9 }'],
      ...['  teams:', '    - { team: risk-model, monthlyAmount: 5 }', ''],
    ];
    const problems = problemsOf(`${defaultDomainFile}${budgets.join('\n')}`);
    const firstLine = defaultDomainFile.split('\n').length;
    expect(problems.map((problem) => Number(problem.split(':')[1]) - firstLine)).toEqual([2, 4, 6]);
    expect(problems[0]).toContain('"alic" for budgets.people[0].profileName: there is no such');
    expect(problems[0]).toContain('did you mean alice?');
    expect(problems[1]).toContain('budgets.people[1].profileName is the same');
    expect(problems[2]).toContain('did you mean risk-models?');
  });

  it('refuses to hold nobody off the internet, since whoever was meant would not be', () => {
    const heldOff = ['  alwaysOff:', '    - bob', '    - alic', '    - bob'];
    const text = defaultDomainFile.replace('  alwaysOff: []', heldOff.join('\n'));
    const problems = problemsOf(text);
    const firstLine = text.split('\n').indexOf('  alwaysOff:') + 1;
    expect(problems.map((problem) => Number(problem.split(':')[1]) - firstLine)).toEqual([2, 3]);
    expect(problems[0]).toContain('"alic" for egress.alwaysOff[1]: there is no such');
    expect(problems[0]).toContain('did you mean alice?');
    expect(problems[1]).toContain('egress.alwaysOff[0] is the same');
  });

  it('holds the people off the internet whom it names', () => {
    const text = defaultDomainFile.replace('alwaysOff: []', 'alwaysOff: [alice, bob]');
    expect(read(text).egress.alwaysOff).toEqual(['alice', 'bob']);
  });

  it('takes a budget of each person and team that it names', () => {
    const budgets =
      'budgets:\n  people: [{ profileName: alice, monthlyAmount: 5 }]\n  teams: [{ team: platform, monthlyAmount: 9 }]\n';
    expect(read(`${defaultDomainFile}${budgets}`).budgets).toMatchObject({
      people: [{ profileName: 'alice', monthlyAmount: 5 }],
      teams: [{ team: 'platform', monthlyAmount: 9 }],
    });
  });

  it('shares notebooks as it says, and as is usual where it says nothing', () => {
    const usual = read(defaultDomainFile).sharing;
    expect(usual).toEqual({
      ...{ bucket: 'strongroom-000000000000-sharing', maximumDays: 365, defaultDays: 30 },
      ...{ maximumNotebookBytes: 50 * 1024 ** 2, scan: {} },
    });
    const section =
      'sharing:\n  bucket: shared\n  maximumDays: 7\n  scan: { email-address: off, token: warn }\n';
    expect(read(`${defaultDomainFile}${section}`).sharing).toMatchObject({
      ...{ bucket: 'shared', maximumDays: 7, defaultDays: 7 },
      scan: { 'email-address': 'off', token: 'warn' },
    });
  });

  it.each([
    ['sharing: { maximumdays: 3 }', 'did you mean maximumDays?'],
    ['sharing: { scan: { emailaddress: off } }', 'did you mean email-address?'],
    ['sharing: { scan: { token: stop } }', 'use block, warn or off'],
    ['sharing: { maximumDays: 7, defaultDays: 30 }', 'sharing.maximumDays'],
    ['sharing: { defaultDays: 400 }', 'nothing is shared for more than 365 days'],
    ['sharing: { bucket: research-reference }', 'shared notebooks are kept in it'],
    ['sharing: { bucket: Shared }', 'sharing.bucket'],
  ])('tells the mend of %s', (section, mend) => {
    expect(problemsOf(`${defaultDomainFile}${section}\n`).join()).toContain(mend);
  });
});
