import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DomainImage } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';
import { removeImage } from './remove-image.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const image: DomainImage = {
  ...{ imageName: 'custom', displayName: 'Custom\u001b[2J', description: null, version: null },
  ...{ digest, iconUrl: null, isDefault: false, state: 'ready', reason: null },
  kernels: [{ name: 'custom__ir', displayName: 'R', language: 'R' }],
  ...{ source: 'oci', reference: 'oci:/srv/x', sizeBytes: 2048, architecture: 'amd64' },
  ...{ addedAt: '2026-01-01T00:00:00.000Z', runningAppCount: 2 },
};
const failed: DomainImage = {
  ...{ ...image, state: 'failed', kernels: [] },
  reason: { english: 'The image has no Jupyter kernel', korean: '커널이 없습니다' },
};

let double: Awaited<ReturnType<typeof openOperatorDouble>>;
afterEach(() => double.close());

describe('strongroom images list', () => {
  it('prints state, digest and reason in letters that do nothing to the terminal', async () => {
    double = await openOperatorDouble({ 'GET /images': { images: [image, failed] } });
    const { lines } = await double.run('images', 'list');
    expect(lines[1]).toMatch(/^custom +ready +1 +sha256:000000000000 +2\.0 KiB +Custom\ufffd/);
    expect(lines.at(-1)).toBe('custom: The image has no Jupyter kernel');
  });
});

describe('strongroom images add', () => {
  it('sends what the domain file shall say, with paths of this terminal', async () => {
    double = await openOperatorDouble({ 'POST /images': image });
    const words = ['--from', 'oci:./images/custom:1', '--digest', digest, '--kernels', 'ir'];
    const { status, lines } = await double.run('images', 'add', 'custom', ...words);
    expect(status).toBe(0);
    expect(double.bodies).toEqual([
      {
        ...{ imageName: 'custom', displayName: 'custom', kernels: ['ir'] },
        rootFileSystem: { oci: `oci:${join(process.cwd(), 'images/custom:1')}`, digest },
      },
    ]);
    expect(lines).toEqual(['Added custom, 2.0 KiB', `  ${digest}`, '  custom__ir  R']);
  });

  it('takes a folder as a root file system', async () => {
    double = await openOperatorDouble({ 'POST /images': image });
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-root-'));
    await double.run('images', 'add', 'custom', '--from', folder);
    await rm(folder, { recursive: true });
    expect(double.bodies).toMatchObject([{ rootFileSystem: { folder } }]);
  });

  it('waits while it is prepared and exits with 1 where it cannot be used', async () => {
    const preparing = { ...failed, state: 'preparing', reason: null };
    double = await openOperatorDouble({
      'POST /images': preparing,
      'GET /images': { images: [failed] },
    });
    const from = 'docker://registry.bank.example/custom:1';
    const { status, lines } = await double.run('images', 'add', 'custom', '--from', from);
    expect(status).toBe(1);
    expect(lines[0]).toBe('Cannot use "custom": The image has no Jupyter kernel');
    expect(double.bodies).toMatchObject([{ rootFileSystem: { oci: from } }]);
  });

  it('asks nothing that cannot be', async () => {
    double = await openOperatorDouble({});
    const add = (...words: string[]) => double.run('images', 'add', ...words);
    await expect(add('custom', '--from', '/nowhere/at/all')).rejects.toThrow('/nowhere/at/all');
    await expect(add('custom', '--from', tmpdir(), '--digest', digest)).rejects.toThrow('digest');
    await expect(add('a__b', '--from', tmpdir())).rejects.toThrow('imageName');
    await expect(add('custom', '--from', 'oci:x', '--digest', 'sha256:1')).rejects.toThrow(
      'rootFileSystem',
    );
    expect(double.bodies).toEqual([]);
  });
});

describe('strongroom images check', () => {
  const check = (outcome: string, message: string | null) => ({
    image,
    kernels: [{ name: 'custom__ir', displayName: 'R', outcome, message, milliseconds: 1234 }],
  });

  it('tells how each kernel did', async () => {
    double = await openOperatorDouble({ 'POST /images/custom/check': check('ran', null) });
    const { status, lines } = await double.run('images', 'check', 'custom');
    expect([status, lines[1]]).toEqual([0, '  custom__ir  R: ran a cell in 1.2 s']);
  });

  it('checks every image and exits with 1 where one fails', async () => {
    double = await openOperatorDouble({
      'GET /images': { images: [image] },
      'POST /images/custom/check': check('failed', 'It ended'),
    });
    const { status, lines } = await double.run('images', 'check');
    expect([status, lines[1]]).toEqual([1, '  custom__ir  R: failed: It ended']);
    expect((await double.run('images', 'check', '--json')).status).toBe(1);
  });
});

describe('strongroom images remove', () => {
  const answers = {
    'GET /images': { images: [image] },
    'DELETE /images/custom': { imageName: 'custom' },
  };
  const terminal = { lines: [] as string[], hasColors: false };
  const remove = (answer: string | undefined, yes = false) => {
    terminal.lines = [];
    const asked: string[] = [];
    const ask =
      answer === undefined
        ? undefined
        : async (question: string) => {
            asked.push(question);
            return answer;
          };
    const parts = {
      terminal: { print: (line: string) => void terminal.lines.push(line), hasColors: false },
      surroundings: { ask } as never,
    };
    const options = { dataFolder: double.dataFolder, imageName: 'custom', yes };
    return removeImage(parts, options).then((status) => ({ status, asked }));
  };

  it('asks first, with what will end', async () => {
    double = await openOperatorDouble(answers);
    const { status, asked } = await remove('yes');
    expect([status, terminal.lines]).toEqual([0, ['Removed custom']]);
    expect(asked[0]).toContain('2 kernels');
  });

  it('removes nothing without a clear yes', async () => {
    double = await openOperatorDouble(answers);
    expect((await remove('no')).status).toBe(1);
    expect(terminal.lines).toEqual(['Nothing was removed']);
    await expect(remove(undefined)).rejects.toThrow('--yes');
    expect((await remove(undefined, true)).status).toBe(0);
  });

  it('names an image that there is not', async () => {
    double = await openOperatorDouble({ 'GET /images': { images: [] } });
    await expect(double.run('images', 'remove', 'custom', '--yes')).rejects.toThrow('custom');
  });
});
