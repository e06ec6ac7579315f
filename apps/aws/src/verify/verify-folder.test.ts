import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../app/synthesize.ts';
import { domainWith } from '../testing/synthesized.ts';
import { reasonsAgainst, verifyFolder } from './verify-folder.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-verify-folder-'));
  await rm(folder, { recursive: true });
  await synthesize(domainWith(), { folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what is deployed', () => {
  it('is what verify has nothing against', async () => {
    expect(reasonsAgainst(await verifyFolder(folder))).toEqual([]);
  });

  it('is not a template that lost a control', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.template.json'));
    expect(files).not.toEqual([]);
    for (const file of files) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replaceAll('"VpcOnly"', '"PublicInternetOnly"'));
    }
    const [reason] = reasonsAgainst(await verifyFolder(folder));
    expect(reason).toMatch(/^Cannot deploy/);
  });
});
