// @ts-check
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs } from './input-hash.mjs';
import { repositoryFolder } from './repository.mjs';
import { runStep } from './run-step.mjs';

const sharedFiles = [
  ...['package-lock.json', 'tsconfig.base.json'],
  ...['scripts/bundles/build-command.mjs', 'scripts/bundles/node-program.mjs'],
];
const stampName = '.built-from';

/**
 * Builds each app whose inputs differ from those its `dist/` was made of.
 *
 * @param {{ force?: boolean }} [options]
 */
export async function buildApps({ force = false } = {}) {
  for (const workspaceFolder of appFolders()) {
    const inputs = hashInputs({ repositoryFolder, workspaceFolder, sharedFiles });
    const stamp = join(repositoryFolder, workspaceFolder, 'dist', stampName);
    if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) continue;
    await runStep({
      title: `Building ${workspaceFolder}`,
      command: process.execPath,
      arguments: ['build.mjs', ...(force ? ['--force'] : [])],
      folder: join(repositoryFolder, workspaceFolder),
    });
    writeFileSync(stamp, inputs);
  }
}

/** Every folder under apps/ that has a build.mjs, relative to the repository. */
function appFolders() {
  return readdirSync(join(repositoryFolder, 'apps'))
    .map((name) => `apps/${name}`)
    .filter((folder) => existsSync(join(repositoryFolder, folder, 'build.mjs')));
}
