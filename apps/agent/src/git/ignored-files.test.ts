import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sandboxPaths } from '@strongroom/contracts';
import { expect, it } from 'vitest';
import { checkpointsFolderName } from '../contents/checkpoints.ts';
import { startGitHome } from './testing/git-home.ts';

const sourceOf = (path: string) =>
  readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

it("Lab's checkpoints are no changes, with the configuration that a studio has", async () => {
  const alice = await startGitHome();
  const settings = sourceOf('../git-credentials/gitconfig');
  expect(settings).toContain(`excludesFile = ${sandboxPaths.agentFolder}/gitignore`);
  writeFileSync(join(alice.home, 'gitignore'), sourceOf('./gitignore'));
  alice.write(
    '.gitconfig',
    alice.read('.gitconfig') + settings.replaceAll(sandboxPaths.agentFolder, alice.home),
  );
  alice.write('model/deep/n.ipynb', '{}');
  await alice.ask('init', { folder: 'model' });
  alice.write(`model/deep/${checkpointsFolderName}/n-checkpoint.ipynb`, '{}');
  const { untracked } = await alice.ask('status', { repository: 'model' });
  expect(untracked).toEqual(['deep/n.ipynb']);
  await alice.close();
});
