import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnDocuments } from './own-documents.ts';
import { domainWith } from './testing/authorize-for.ts';

const freeze = {
  Version: '2012-10-17',
  Statement: {
    Sid: 'Freeze',
    Effect: 'Deny',
    Action: 'sagemaker:CreatePresignedDomainUrl',
    Resource: '*',
  },
};

/** No request meets both. */
const contradiction = {
  StringEquals: { 'aws:PrincipalTag/strongroom-team': 'research' },
  StringNotEquals: { 'aws:PrincipalTag/strongroom-team': 'research' },
};

let folder: string;
let path: string;
let told: string[];
let recorded: string[];
let canRecord: boolean;
/** What was in force when a change was announced. */
let listedBefore: unknown;
let own: OwnDocuments | undefined;
let wake: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-policies-'));
  path = join(folder, 'freeze.json');
  told = [];
  recorded = [];
  canRecord = true;
});
afterEach(async () => {
  own?.close();
  own = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(text: string) {
  await writeFile(path, text);
  const policies = [
    { document: './policies/freeze.json', path, attachTo: { kind: 'everyone' } as const },
  ];
  own = await OwnDocuments.open(domainWith(() => [], { policies })(), async (file, sha256) => {
    recorded.push(`${file} ${sha256}`);
  });
  own.watch({
    async beforeChange(file, sha256) {
      recorded.push(`${file} ${sha256}`);
      listedBefore = own?.list();
      if (!canRecord) throw new Error('it could not be recorded');
    },
    onChanged: (file) => tell(`changed ${file}`),
    onRefused: (file, problem) => tell(`refused ${file}: ${problem}`),
  });
  return own;
}

function tell(line: string): void {
  told.push(line);
  wake?.();
}

/** What is told next, after this file has this text. */
async function replace(text: string): Promise<string> {
  const next = nextTold();
  await writeFile(path, text);
  return next;
}

async function nextTold(): Promise<string> {
  await new Promise<void>((resolve) => {
    wake = resolve;
  });
  return told.at(-1) ?? '';
}

describe("documents of one's own", () => {
  it('are recorded with the hash of their text at the start, and before a new one is in force', async () => {
    const first = JSON.stringify(freeze);
    const documents = await open(first);
    expect(recorded).toEqual([`./policies/freeze.json ${hashOf(first)}`]);
    const before = documents.list();
    const second = text({ Sid: 'Other' });
    await replace(second);
    expect(recorded[1]).toBe(`./policies/freeze.json ${hashOf(second)}`);
    expect(listedBefore).toBe(before);
  });

  it('are not in force while their change cannot be recorded, and are once it can', async () => {
    const documents = await open(JSON.stringify(freeze));
    const before = documents.list();
    canRecord = false;
    expect(await replace(text({ Sid: 'Other' }))).toContain('could not be recorded');
    expect(documents.list()).toBe(before);
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    canRecord = true;
    await changed;
    expect(documents.list()).not.toBe(before);
    expect(documents.problems()).toEqual([]);
  });

  it('are read with the name of their file', async () => {
    const [policy] = (await open(JSON.stringify(freeze))).list();
    expect(policy).toMatchObject({ name: 'freeze', file: './policies/freeze.json' });
  });

  it('are in force again soon after they change', async () => {
    const documents = await open(JSON.stringify(freeze));
    const before = documents.list();
    const changed = { ...freeze, Statement: { ...freeze.Statement, Sid: 'Thaw', Effect: 'Allow' } };
    expect(await replace(JSON.stringify(changed))).toBe('changed ./policies/freeze.json');
    expect(documents.list()).not.toBe(before);
    expect(documents.list()[0]?.document.Statement).toMatchObject({ Sid: 'Thaw' });
  });

  it('keep denying where a change makes them unreadable, and say so', async () => {
    const documents = await open(JSON.stringify(freeze));
    expect(await replace('{"Statement": [')).toMatch(/^refused \.\/policies\/freeze\.json: /);
    expect(documents.list()[0]?.document.Statement).toMatchObject({ Sid: 'Freeze' });
    expect(documents.problems()).toHaveLength(1);
    expect(await replace(JSON.stringify(freeze))).toContain('changed');
    expect(documents.problems()).toEqual([]);
  });

  it('are tried again where they could not be read for a while', async () => {
    const documents = await open(JSON.stringify(freeze));
    const away = join(folder, 'away');
    await rename(path, away);
    let next = nextTold();
    await mkdir(path);
    expect(await next).toMatch(/^refused /);
    next = nextTold();
    await rm(path, { recursive: true });
    await rename(away, path);
    await appendFile(path, '\n');
    expect(await next).toContain('changed');
    expect(documents.problems()).toEqual([]);
  });

  it('wait for nobody where a pipe is put in the place of a file', async () => {
    const documents = await open(JSON.stringify(freeze));
    const next = nextTold();
    await rm(path);
    await promisify(execFile)('mkfifo', [path]);
    expect(await next).toMatch(/^refused .*regular file/);
    expect(documents.list()[0]?.document.Statement).toMatchObject({ Sid: 'Freeze' });
    const again = nextTold();
    await rm(path);
    await writeFile(path, JSON.stringify(freeze));
    expect(await again).toContain('changed');
  });

  it('say what may not be meant, in both languages, and are in force', async () => {
    const documents = await open(text({ Effect: 'Allow', Condition: contradiction }));
    expect(documents.list()).toHaveLength(1);
    const [found] = documents.warnings();
    expect(found?.policy).toBe('freeze');
    expect(found?.warning.korean).toMatch(/\p{Script=Hangul}/u);
  });

  it('bind a bucket as its resource policy', async () => {
    await writeFile(path, text({ Principal: '*', Action: 's3:GetObject' }));
    const attachTo = { kind: 'bucket', bucket: 'data' } as const;
    const policies = [{ document: './policies/freeze.json', path, attachTo }];
    const documents = await OwnDocuments.open(domainWith(() => [], { policies })(), noRecord);
    expect(documents.list()[0]).toMatchObject({ kind: 'resource', bindings: [attachTo] });
  });

  it.each<[string, string, RegExp]>([
    [
      "an operator that does not fit its key's type",
      text({ Condition: { DateLessThan: { 'aws:SecureTransport': '2026-01-01' } } }),
      /WrongOperatorForKey/,
    ],
    ['a Deny that never matches', text({ Condition: contradiction }), /NeverMatchingDeny/],
    ['no JSON', '{', /not-json|JSON/i],
    ['a misspelt action', text({ Action: 'sagemaker:CreatePresignedDomainUrls' }), /UnknownAction/],
    ['an unknown service', text({ Action: 'sagemakr:CreateApp' }), /UnknownService/],
    ['an action of ours that does not exist', text({ Action: 'strongroom:Fly' }), /UnknownAction/],
    [
      'an unknown condition key',
      text({ Condition: { StringEquals: { 'aws:PrincipalOrgIdd': 'o' } } }),
      /UnknownConditionKey/,
    ],
    [
      'an unknown operator',
      text({ Condition: { StringEqual: { 'aws:userid': 'a' } } }),
      /operator/i,
    ],
    [
      'look-alike letters',
      text({ Resource: 'arn:aws:sagemaker:*:*:user-profile/d/\u0430lice' }),
      /LookAlike|CharacterNotAllowed/,
    ],
    [
      'a giant document',
      text({ Resource: Array.from({ length: 60_000 }, () => 'x') }),
      /over 65536 bytes/,
    ],
  ])('refuse the start with %s', async (_, content, problem) => {
    const refused = await open(content).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'PolicyUnusable' });
    expect((refused as Error).message).toMatch(problem);
  });

  it('refuse the start where the file is missing', async () => {
    const opened = open('{}').catch(() => undefined);
    await opened;
    await rm(path);
    const policies = [{ document: './gone.json', path, attachTo: { kind: 'everyone' } as const }];
    await expect(
      OwnDocuments.open(domainWith(() => [], { policies })(), noRecord),
    ).rejects.toMatchObject({ code: 'PolicyUnusable' });
  });
});

async function noRecord(): Promise<void> {}

function text(change: object): string {
  return JSON.stringify({ ...freeze, Statement: { ...freeze.Statement, ...change } });
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
