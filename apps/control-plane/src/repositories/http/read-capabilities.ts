import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';

interface Known {
  readonly text: Buffer;
  readonly at: number;
}

/** Git may be made newer meanwhile. */
const keptMilliseconds = 10 * 60_000;

/**
 * What Git offers to who reads with version 2 of its protocol. It is the same of every repository, since
 * each was made here and in one way: nothing of what is in it is told (gitprotocol-v2(5), "Capability
 * Advertisement"). So it is asked for once, and no sandbox is started just to hear it again.
 */
export class ReadCapabilities {
  #known: Known | undefined;

  /** @throws {StrongroomError} `KeyUnavailable`, `RepositoryUnavailable` */
  async get(sandboxes: GitSandboxes, repositoryId: string): Promise<Buffer> {
    // A repository that cannot be read offers nothing.
    await sandboxes.requireVolume();
    const known = this.#known;
    if (known !== undefined && performance.now() - known.at < keptMilliseconds) return known.text;
    const text = await runGit(sandboxes, {
      ...{ repositoryId, mode: 'read-only', environment: { GIT_PROTOCOL: 'version=2' } },
      script: 'exec git upload-pack --strict --stateless-rpc --advertise-refs .',
    });
    this.#known = { text, at: performance.now() };
    return text;
  }
}
