// @ts-check
import { buildApps } from './build-apps.mjs';
import { debianPackagesFor } from './debian-packages.mjs';
import { installDebianPackages } from './install-debian-packages.mjs';
import { installNpmPackages, npmPackagesAreCurrent } from './npm-packages.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * Brings a clone to where it can run: Debian packages, npm packages, builds. Uses nothing but
 * Node.js itself, does only what is not done yet, and ends the process with a plain message where
 * it cannot go on.
 *
 * @param {{ assumeYes?: boolean, tests?: boolean, benchmarks?: boolean, cluster?: boolean, forceBuild?: boolean }} options
 */
export async function setUp({
  assumeYes = false,
  tests = false,
  benchmarks = false,
  cluster = false,
  forceBuild = false,
}) {
  try {
    const npmIsCurrent = npmPackagesAreCurrent();
    const addOns = !npmIsCurrent;
    await installDebianPackages(debianPackagesFor({ addOns, tests, benchmarks, cluster }), {
      assumeYes,
    });
    if (!npmIsCurrent) await installNpmPackages();
    await buildApps({ force: forceBuild });
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}
