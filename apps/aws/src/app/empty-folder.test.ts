import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { emptyFolder } from './empty-folder.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'strongroom-aws-folder-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it("leaves a folder alone that holds somebody's files", async () => {
  const path = folder();
  writeFileSync(join(path, 'thesis.txt'), '');
  await expect(emptyFolder(path)).rejects.toMatchObject({ code: 'FolderInUse' });
  expect(readdirSync(path)).toEqual(['thesis.txt']);
});

it('takes the place of an earlier synthesis', async () => {
  const path = folder();
  writeFileSync(join(path, 'cdk.out'), '');
  writeFileSync(join(path, 'old.template.json'), '');
  await emptyFolder(path);
  expect(readdirSync(path)).toEqual([]);
});
