// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs } from './input-hash.mjs';
import { repositoryFolder } from './repository.mjs';
import { runStep } from './run-step.mjs';

/** In the order in which a failure is cheapest to meet. */
const apps = ['control-plane', 'agent', 'cli', 'console', 'lab'];
const sharedFiles = ['package-lock.json', 'tsconfig.base.json'];
const stampName = '.built-from';

/**
 * Builds each app whose inputs differ from those its `dist/` was made of.
 *
 * @param {{ force?: boolean }} [options]
 */
export async function buildApps({ force = false } = {}) {
  for (const app of apps) {
    const workspaceFolder = `apps/${app}`;
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
