import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copiedNames, writeOwnFiles } from './configuration-folder.ts';
import { copyPlainTree } from './copy-plain-tree.ts';
import { unusable } from './folder-root.ts';

/** The `/etc` of each root file system in use, made at its first launch. */
export interface RootConfigurations {
  /** @throws {SandboxError} `RootUnusable` */
  folderOf(root: string): Promise<string>;
}

const budget = { bytes: 64 * 1024 * 1024, entries: 20_000 };
/** Beside what programs of the host need. */
const furtherNames = /^(?:ipython|jupyter|environment|conda|skel)$/;

/**
 * Where other distributions look for the authorities that programs trust. They lead to the one file
 * that a launch mounts over, so an image's own authorities count for nothing.
 */
const authorityLinks = [
  'ssl/cert.pem',
  'pki/tls/certs/ca-bundle.crt',
  'pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
];
const authoritiesFile = 'ssl/certs/ca-certificates.crt';

export function openRootConfigurations(options: {
  readonly folder: string;
  /** The `/etc` of sandboxes on the host's own root. */
  readonly hostConfigurationFolder: string;
  readonly resolverAddress: string;
}): RootConfigurations {
  const made = new Map<string, Promise<string>>();
  return {
    folderOf(root) {
      const known = made.get(root);
      if (known !== undefined) return known;
      const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
      const making = make(root, { ...options, folder: join(options.folder, name) });
      made.set(root, making);
      making.catch(() => made.delete(root));
      return making;
    },
  };
}

async function make(
  root: string,
  options: { folder: string; hostConfigurationFolder: string; resolverAddress: string },
): Promise<string> {
  const { folder, hostConfigurationFolder, resolverAddress } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'ssl', 'certs'), { recursive: true, mode: 0o755 });
  await copyFromImage(root, folder);
  await writeOwnFiles(folder, resolverAddress);
  const authorities = join(folder, authoritiesFile);
  // On a host without that file there is still a place to mount it at.
  await copyFile(join(hostConfigurationFolder, authoritiesFile), authorities).catch(() =>
    writeFile(authorities, '', { mode: 0o644 }),
  );
  for (const path of authorityLinks) {
    await mkdir(join(folder, path, '..'), { recursive: true, mode: 0o755 });
    await symlink(`/etc/${authoritiesFile}`, join(folder, path));
  }
  return folder;
}

/** `/etc` itself is a real folder by then. */
async function copyFromImage(root: string, folder: string): Promise<void> {
  const etc = join(root, 'etc');
  const left = { ...budget };
  const all = await readdir(etc).catch(() => []);
  const names = all.filter((name) => copiedNames.test(name) || furtherNames.test(name)).sort();
  try {
    for (const name of names) await copyPlainTree(join(etc, name), join(folder, name), left);
    const openSsl = ['ssl', 'openssl.cnf'] as const;
    if (await isFileInFolder(etc, openSsl)) {
      await copyPlainTree(join(etc, ...openSsl), join(folder, ...openSsl), left);
    }
  } catch (error) {
    throw unusable(root, `its /etc cannot be taken over: ${(error as Error).message}`, error);
  }
}

async function isFileInFolder(etc: string, [parent, name]: readonly [string, string]) {
  const above = await lstat(join(etc, parent)).catch(() => undefined);
  if (above?.isDirectory() !== true) return false;
  const file = await lstat(join(etc, parent, name)).catch(() => undefined);
  return file?.isFile() === true;
}
