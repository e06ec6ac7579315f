import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What Debian's update-ca-certificates(8) writes. */
export const hostBundlePath = '/etc/ssl/certs/ca-certificates.crt';
export const bundleName = 'ca-certificates.crt';

/**
 * The certificates that programs in sandboxes trust: the host's, and the domain's own. It lies alone
 * in a folder, because a sandbox that mounts the folder sees each new version, and one that mounts
 * the file keeps the version of its start.
 */
export class TrustBundle {
  readonly folder: string;
  readonly #hostPath: string;
  #written: string | undefined;

  constructor(options: { readonly folder: string; readonly hostPath: string }) {
    this.folder = options.folder;
    this.#hostPath = options.hostPath;
  }

  /** Writes the file where it would change: whole or not at all, since programs read it any time. */
  async refresh(ownCertificates: readonly string[]): Promise<{ changed: boolean }> {
    const host = await readHostBundle(this.#hostPath);
    const text = [host.trimEnd(), ...ownCertificates.map((pem) => pem.trimEnd()), ''].join('\n');
    if (text === this.#written) return { changed: false };
    // Not secret, and read by every person's uid.
    await mkdir(this.folder, { recursive: true });
    await chmod(this.folder, 0o755);
    const path = join(this.folder, bundleName);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await writeFile(temporary, text, { flag: 'wx' });
      await chmod(temporary, 0o644);
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    this.#written = text;
    return { changed: true };
  }
}

/** A host without certificates of its own trusts nobody outside; its studios then neither. */
async function readHostBundle(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
