import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntry, tarBytes } from './tar-bytes.ts';

export interface LayoutOptions {
  readonly entries: readonly TarEntry[];
  readonly architecture?: string;
  readonly environment?: readonly string[];
  readonly tag?: string;
}

const media = 'application/vnd.oci.image';
const here = process.arch === 'x64' ? 'amd64' : process.arch;

/** An OCI image layout (OCI Image Specification, "Image Layout") with one layer; returns its digest. */
export async function writeOciLayout(folder: string, options: LayoutOptions): Promise<string> {
  const { entries, architecture = here, environment = [], tag = 'latest' } = options;
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  const add = async (mediaType: string, bytes: Buffer) => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, 'blobs', 'sha256', hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const tar = tarBytes(entries);
  const layer = await add(`${media}.layer.v1.tar+gzip`, gzipSync(tar));
  const config = await add(
    `${media}.config.v1+json`,
    json({
      ...{ architecture, os: 'linux', config: { Env: environment } },
      rootfs: {
        ...{ type: 'layers' },
        diff_ids: [`sha256:${createHash('sha256').update(tar).digest('hex')}`],
      },
    }),
  );
  const mediaType = `${media}.manifest.v1+json`;
  const manifest = await add(
    mediaType,
    json({ schemaVersion: 2, mediaType, config, layers: [layer] }),
  );
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations }] };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  return manifest.digest;
}

/** A folder's files as they would be packed. */
export async function entriesOf(folder: string, below = ''): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  const found = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = join(below, entry.name);
    const path = join(folder, name);
    if (entry.isSymbolicLink()) {
      entries.push({ name, type: '2', linkTarget: await readlink(path) });
    } else if (entry.isDirectory()) {
      entries.push({ name: `${name}/`, type: '5' }, ...(await entriesOf(folder, name)));
    } else {
      const { mode } = await stat(path);
      entries.push({ name, type: '0', mode: mode & 0o7777, content: await readFile(path) });
    }
  }
  return entries;
}
