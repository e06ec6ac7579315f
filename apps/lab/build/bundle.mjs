// @ts-check
import { rspack } from '@rspack/core';

/** @import { Configuration, MultiStats, StatsCompilation } from '@rspack/core' */

/**
 * Runs the bundler. Warnings count as errors: a bundle that only half works is not worth having.
 *
 * @param {Configuration[]} configurations
 * @returns {Promise<{ initialFiles: string[], bundledFiles: string[] }>} the files that the page of
 *   the first configuration has to name, in order, and all files that were read, absolute
 */
export async function bundle(configurations) {
  const compiler = rspack(configurations);
  try {
    const stats = await /** @type {Promise<MultiStats>} */ (
      new Promise((resolve, reject) => {
        compiler.run((error, result) => {
          if (error || !result) reject(error ?? new Error('Cannot bundle: no result'));
          else resolve(result);
        });
      })
    );
    const summary = stats.toJson({ all: false, errors: true, warnings: true, entrypoints: true });
    refuseProblems(summary);
    const assets = summary.children?.[0]?.entrypoints?.lab?.assets ?? [];
    return {
      initialFiles: assets.map(({ name }) => name),
      bundledFiles: stats.stats.flatMap(({ compilation }) => [...compilation.fileDependencies]),
    };
  } finally {
    await new Promise((resolve) => compiler.close(resolve));
  }
}

/** @param {StatsCompilation} stats */
function refuseProblems(stats) {
  const problems = [...(stats.errors ?? []), ...(stats.warnings ?? [])];
  if (problems.length === 0) return;
  throw new Error(`Cannot bundle Lab:\n${problems.map(({ message }) => message).join('\n\n')}`);
}
