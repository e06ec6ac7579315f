import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { verifyCommand } from '../commands/verify.ts';
import { readFolder } from './read-folder.ts';

let folder: string;
const exitCode = process.exitCode;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-verify-test-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = exitCode;
});

const key = (properties: object) => ({
  Parameters: { Rotation: { Type: 'String' } },
  Resources: { Key: { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain', Properties: properties } },
});

async function verifyFile(template: unknown, ...options: readonly string[]): Promise<string> {
  const [file, out] = [join(folder, 'given.json'), join(folder, 'report')];
  await writeFile(file, typeof template === 'string' ? template : JSON.stringify(template));
  await verifyCommand().parseAsync(['--template', file, '--out', out, ...options], {
    from: 'user',
  });
  return readFile(out, 'utf8');
}

it('a template in order ends with 0', async () => {
  const report = JSON.parse(await verifyFile(key({ EnableKeyRotation: true }), '--format', 'json'));
  expect(report.counts).toMatchObject({ broken: 0, unknown: 0 });
  expect(process.exitCode).toBe(0);
});

it('a broken one ends with 1', async () => {
  expect(await verifyFile(key({}))).toMatch(/^BROKEN +key-rotation/m);
  expect(process.exitCode).toBe(1);
});

it('one that does not tell ends with 2, unless the parameter is given', async () => {
  const open = key({ EnableKeyRotation: { Ref: 'Rotation' } });
  await verifyFile(open);
  expect(process.exitCode).toBe(2);
  await verifyFile(open, '--parameter', 'Rotation=true');
  expect(process.exitCode).toBe(0);
});

it('the page is in the language that is asked for', async () => {
  const page = await verifyFile(key({}), '--format', 'html', '--language', 'ko');
  expect(page).toContain('<html lang="ko">');
  expect(page).toContain('키가 매년 자동으로 교체됩니다');
});

it('what is no JSON, and what is no template, is refused with what it is', async () => {
  await expect(verifyFile('{')).rejects.toMatchObject({ code: 'not-json' });
  await expect(verifyFile([])).rejects.toMatchObject({ code: 'not-a-template' });
  const missing = verifyCommand().parseAsync(['--template', join(folder, 'none.json')], {
    from: 'user',
  });
  await expect(missing).rejects.toMatchObject({ code: 'unreadable' });
});

it('a folder in which nothing was synthesised is refused', async () => {
  await expect(readFolder(folder)).rejects.toMatchObject({ code: 'nothing-synthesized' });
});

it('a synthesised folder tells account, region and what other tools found without a reason', async () => {
  const made = join(folder, 'made');
  await mkdir(made);
  const write = (name: string, value: unknown) =>
    writeFile(join(made, name), JSON.stringify(value));
  await write('manifest.json', {
    artifacts: {
      tree: { type: 'cdk:tree' },
      stack: { type: 'aws:cloudformation:stack', environment: 'aws://222233334444/eu-west-1' },
    },
  });
  await write('stack.template.json', key({ EnableKeyRotation: true }));
  await write('validation-report.json', {
    pluginReports: [
      {
        pluginName: 'CloudFormation Validate',
        violations: [
          {
            ...{ ruleName: 'E0001', description: 'Wrong', severity: 'error' },
            violatingConstructs: [{ constructPath: 'stack/Nowhere' }],
          },
        ],
      },
    ],
  });
  const source = await readFolder(made);
  expect(source.surroundings).toEqual({ accountId: '222233334444', region: 'eu-west-1' });
  expect(Object.keys(source.templates)).toEqual(['stack.template.json']);
  expect(source.toolFindings).toMatchObject([{ rule: 'E0001', place: 'stack/Nowhere' }]);
  await verifyCommand().parseAsync(['--folder', made, '--out', join(folder, 'report')], {
    from: 'user',
  });
  expect(process.exitCode).toBe(1);
});
