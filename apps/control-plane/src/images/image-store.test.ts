import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageStore } from './image-store.ts';
import type { ImageStage, ImageStoreOptions } from './image-store-options.ts';
import { type LayoutOptions, writeOciLayout } from './testing/oci-layout.ts';
import type { TarEntry } from './testing/tar-bytes.ts';
import { settleTree } from './unpacked-tree.ts';

const plain: readonly TarEntry[] = [
  { name: 'usr/', type: '5' },
  { name: 'usr/file', type: '0', mode: 0o644, content: 'of the image' },
];

describe('the store of images', () => {
  let folder: string;
  let layout: string;
  let reference: string;
  let store: ImageStore;
  const stages: ImageStage[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-images-'));
    layout = join(folder, 'layout');
    reference = `oci:${layout}:latest`;
    stages.length = 0;
    store = await openStore();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const openStore = (change: Partial<ImageStoreOptions> = {}) =>
    ImageStore.open({
      ...{ folder: join(folder, 'images'), clock: () => new Date('2026-01-01T00:00:00Z') },
      ...{ freeSpaceFloorBytes: 0, freeBytes: async () => 1024 ** 4 },
      ...change,
    });
  const write = (options: Partial<LayoutOptions> = {}) =>
    writeOciLayout(layout, { entries: plain, ...options });
  const prepare = (digest?: string, from = store) =>
    from.prepare({ reference, digest }, { onStage: (stage) => stages.push(stage) });
  const stored = async () => readdir(join(folder, 'images'));

  it('unpacks an image once, under its digest', async () => {
    const digest = await write({ environment: ['PATH=/opt/conda/bin:/usr/bin'] });
    const image = await prepare(digest);
    expect(image).toMatchObject({
      ...{ digest, environment: ['PATH=/opt/conda/bin:/usr/bin'], sizeBytes: 12 },
      root: join(folder, 'images', digest.replace(':', '-'), 'rootfs'),
    });
    expect(await readFile(join(image.root, 'usr/file'), 'utf8')).toBe('of the image');
    expect(stages).toEqual(['copying', 'unpacking', 'checking']);
    stages.length = 0;
    expect(await prepare()).toEqual(image);
    expect(stages).toEqual(['checking']);
    expect(await stored()).toEqual([digest.replace(':', '-')]);
  });

  it.each([
    'docker://registry.bank.example:5000/team/x:1.2',
    'docker://registry.bank.example:5000/team/x',
    `docker://registry.bank.example:5000/team/x@sha256:${'1'.repeat(64)}`,
  ])('asks a registry for the pinned image alone: %s', async (asked) => {
    const log = join(folder, 'asked');
    const skopeo = join(folder, 'skopeo-that-tells');
    const script = `#!/bin/sh\necho "$@" >>'${log}'\necho 'time="x" level=fatal msg="no \\"such\\" thing"' >&2\nexit 1\n`;
    await writeFile(skopeo, script, { mode: 0o755 });
    const telling = await openStore({ tools: { skopeo, umoci: 'umoci' } });
    const digest = `sha256:${'0'.repeat(64)}`;
    const preparing = telling.prepare({ reference: asked, digest }, { onStage: () => undefined });
    await expect(preparing).rejects.toMatchObject({
      ...{ code: 'ReferenceUnreadable', message: expect.stringContaining('no "such" thing') },
    });
    expect(await readFile(log, 'utf8')).toBe(
      `inspect --raw docker://registry.bank.example:5000/team/x@${digest}\n`,
    );
  });

  it('needs neither the tools nor the source for what is there', async () => {
    const digest = await write();
    await prepare();
    await rm(layout, { recursive: true });
    const later = await openStore({
      tools: { skopeo: '/nowhere/skopeo', umoci: '/nowhere/umoci' },
    });
    expect((await prepare(undefined, later)).digest).toBe(digest);
    expect((await prepare(digest, later)).digest).toBe(digest);
  });

  it('takes the new image where another is under the same name', async () => {
    await prepare(await write());
    const digest = await write({ environment: ['NEW=1'] });
    expect((await prepare()).digest).toBe(digest);
  });

  it.each([
    ['it is another than the pinned', 'DigestMismatch', {}, `sha256:${'0'.repeat(64)}`],
    ['it is for another architecture', 'OtherArchitecture', { architecture: 'sparc64' }, undefined],
  ])('refuses an image where %s, and keeps nothing of it', async (_what, code, change, digest) => {
    await write(change);
    await expect(prepare(digest)).rejects.toMatchObject({ code });
    expect(await stored()).toEqual([]);
  });

  it('refuses what is not there or no image', async () => {
    await expect(prepare()).rejects.toMatchObject({ code: 'ReferenceUnreadable' });
    await write();
    await writeFile(join(layout, 'index.json'), '{"schemaVersion":2,"manifests":[]}');
    await expect(prepare()).rejects.toMatchObject({ code: 'ReferenceUnreadable' });
  });

  it('refuses a layer whose bytes are not what its digest says', async () => {
    await write();
    const blobs = join(layout, 'blobs', 'sha256');
    for (const name of await readdir(blobs)) {
      const bytes = await readFile(join(blobs, name));
      if (bytes[0] === 0x1f) await writeFile(join(blobs, name), Buffer.alloc(bytes.length));
    }
    await expect(prepare()).rejects.toMatchObject({ code: 'ReferenceUnreadable' });
    expect(await stored()).toEqual([]);
  });

  it('says which tool is missing', async () => {
    await write();
    const bare = await openStore({ tools: { skopeo: '/nowhere/skopeo', umoci: 'umoci' } });
    await expect(prepare(undefined, bare)).rejects.toMatchObject({ code: 'ToolsMissing' });
  });

  it('does not begin with an image that is larger than the free space', async () => {
    await write();
    const full = await openStore({ freeBytes: async () => 600, freeSpaceFloorBytes: 500 });
    await expect(prepare(undefined, full)).rejects.toMatchObject({ code: 'TooLarge' });
    expect(stages).toEqual(['copying']);
    expect(await stored()).toEqual([]);
  });

  it('ends the unpacking as soon as it takes what others need', async () => {
    await write();
    let isFull = false;
    const freeBytes = async () => (isFull ? 100 : 1024 ** 4);
    const tools = { skopeo: 'skopeo', umoci: await sleepingTool() };
    const filling = await openStore({ freeBytes, freeSpaceFloorBytes: 500, tools });
    const preparing = filling.prepare(
      { reference, digest: undefined },
      {
        onStage: (stage) => {
          // After the question how much is free, while the tool works.
          if (stage === 'unpacking') setImmediate(() => setImmediate(() => (isFull = true)));
        },
      },
    );
    await expect(preparing).rejects.toMatchObject({ code: 'TooLarge' });
    expect(await stored()).toEqual([]);
  });

  async function sleepingTool(): Promise<string> {
    const path = join(folder, 'umoci-that-sleeps');
    await writeFile(path, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    return path;
  }

  it('lets nothing of an image be written by others, and no program have more rights', async () => {
    await write({
      entries: [
        ...plain,
        { name: 'usr/root-shell', type: '0', mode: 0o6755, content: '#!/bin/sh' },
        { name: 'usr/open', type: '0', mode: 0o666, content: 'x' },
        { name: 'usr/open-folder/', type: '5', mode: 0o1777 },
      ],
    });
    const { root } = await prepare();
    for (const name of ['root-shell', 'open', 'open-folder']) {
      const { mode, uid } = await stat(join(root, 'usr', name));
      expect([name, mode & 0o7022, uid]).toEqual([name, 0, process.geteuid?.()]);
    }
  });

  it('writes nothing outside, whatever an archive names', async () => {
    await write({
      entries: [
        ...plain,
        { name: 'evil', type: '2', linkTarget: join(folder, 'outside') },
        { name: 'evil/file', type: '0', content: 'escaped' },
        { name: '../../../escaped', type: '0', content: 'escaped' },
      ],
    });
    await mkdir(join(folder, 'outside'));
    await prepare();
    expect(await readdir(join(folder, 'outside'))).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['images', 'layout', 'outside']);
  });

  it('keeps neither devices nor pipes of an image', async () => {
    const entries: TarEntry[] = [
      ...plain,
      { name: 'dev/', type: '5' },
      { name: 'dev/null', type: '3' },
      { name: 'usr/pipe', type: '6' },
      { name: 'usr/device', type: '3' },
    ];
    await write({ entries });
    const { root } = await prepare();
    expect(await readdir(join(root, 'dev'))).toEqual([]);
    expect(await readdir(join(root, 'usr'))).toEqual(['device', 'file']);
    expect((await lstat(join(root, 'usr', 'device'))).isFile()).toBe(true);
  });

  it.runIf(process.geteuid?.() === 0)('refuses a tree with a device file', async () => {
    const { root } = await prepare(await write());
    execFileSync('mknod', [join(root, 'usr', 'memory'), 'c', '1', '1']);
    await expect(settleTree(root)).rejects.toMatchObject({ code: 'HasDevices' });
  });

  it.each([
    ['a file', (root: string) => writeFile(join(root, 'usr/file'), 'of somebody')],
    ['a new file', (root: string) => writeFile(join(root, 'usr/new'), '')],
    ['everything', (root: string) => rm(root, { recursive: true })],
  ])('never hands out an image where %s has changed since', async (_what, change) => {
    const { root } = await prepare(await write());
    await change(root);
    await expect(prepare()).rejects.toMatchObject({ code: 'Damaged' });
    await store.removeDamaged({ reference, digest: undefined });
    expect(await readFile(join((await prepare()).root, 'usr/file'), 'utf8')).toBe('of the image');
  });

  it('does not take for an image what an interrupted unpacking left', async () => {
    const digest = await write();
    const half = join(folder, 'images', digest.replace(':', '-'), 'rootfs');
    await mkdir(half, { recursive: true });
    await mkdir(join(folder, 'images', '.unpacking-x'));
    store = await openStore();
    expect(await readdir(join((await prepare()).root, 'usr'))).toEqual(['file']);
    expect(await stored()).toEqual([digest.replace(':', '-')]);
  });

  it('removes what nobody names any more', async () => {
    const kept = await prepare(await write());
    await prepare(await write({ environment: ['NEW=1'] }));
    await store.removeAllBut(() => new Set([kept.digest]), new Date('2025-12-31T00:00:00Z'));
    expect(await stored()).toHaveLength(2);
    await store.removeAllBut(() => new Set([kept.digest]), new Date('2026-01-02T00:00:00Z'));
    expect(await stored()).toEqual([kept.digest.replace(':', '-')]);
  });
});
