import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Domain, DomainImage } from '@strongroom/domain';
import { inspectHost, openSandboxHost, type SandboxHost } from '@strongroom/sandbox';
import { makeTinyRoot } from '@strongroom/sandbox/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import { authorizeFor, denying, domainWith } from '../policies/testing/authorize-for.ts';
import { collectLog } from '../studios/testing/collected-log.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { ImageOffers } from './image-offers.ts';
import { ImageStore } from './image-store.ts';
import { Images } from './images.ts';
import { entriesOf, writeOciLayout } from './testing/oci-layout.ts';

const alice = newPerson('alice', 1, {});
const argv = ['/usr/bin/sh', '-c', 'exec sleep 600', '{connection_file}'];

describe('the images of a domain', () => {
  let folder: string;
  let root: string;
  let sandboxHost: SandboxHost;
  let hostUid: number | undefined;
  let images: Images;
  let audit: CollectedAudit;
  let listed: DomainImage[];

  beforeAll(async () => {
    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('this host runs no sandboxes');
    hostUid = setup.mode === 'root' ? 65_507 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom-domain-images-'));
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = `test-images-${process.pid}`;
    const runFolder = join(folder, 'run');
    sandboxHost = await openSandboxHost({ setup, installationId, runFolder, log });
  });
  afterAll(async () => {
    await sandboxHost.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    root = await mkdtemp(join(folder, 'root-'));
    await makeTinyRoot(root, ['sh', 'cat', 'head']);
    await addKernel('tiny', 'Tiny');
    audit = new CollectedAudit();
    listed = [];
    const store = await ImageStore.open({
      ...{ folder: join(folder, 'images'), clock: () => new Date(), freeSpaceFloorBytes: 0 },
      freeBytes: async () => 1024 ** 4,
    });
    const log = collectLog();
    images = new Images({ domain, store, sandboxHost, hostUid, audit: audit.log.images, log });
  });
  afterEach(() => images.close());

  const domain = (): Domain => ({ ...domainWith(() => [alice])(), images: listed });
  const image = (imageName: string, change: Partial<DomainImage> = {}): DomainImage => ({
    ...{ imageName, displayName: imageName.toUpperCase(), description: undefined },
    ...{ version: undefined, iconFile: undefined, kernels: undefined, warmKernelCount: 0 },
    rootFileSystem: { kind: 'folder', folder: root },
    ...change,
  });
  async function addKernel(name: string, displayName: string) {
    const at = join(root, 'usr/share/jupyter/kernels', name);
    await mkdir(at, { recursive: true });
    const spec = { argv, display_name: displayName, language: 'tiny' };
    await writeFile(join(at, 'kernel.json'), JSON.stringify(spec));
  }
  async function follow(...wanted: DomainImage[]) {
    listed = wanted;
    images.follow();
    await Promise.all(wanted.map(({ imageName }) => settled(imageName)));
  }
  const settled = (imageName: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (images.statusOf(imageName).state === 'preparing') return;
        stop();
        resolve();
      };
      const stop = images.onChange(look);
      look();
    });

  it('are ready with the kernels that a sandbox on them has found', async () => {
    await follow(image('custom'));
    expect(images.list()).toMatchObject([
      { state: 'ready', reason: null, kernels: [{ specName: 'tiny', displayName: 'Tiny', argv }] },
    ]);
    expect(images.groundOf('custom')).toEqual({
      ...{ root: { kind: 'folder', folder: root }, environment: {}, digest: null },
    });
  });

  it('offer only the kernels that the domain file names', async () => {
    await addKernel('other', 'Other');
    await follow(image('custom', { kernels: ['other', 'missing'] }));
    expect(images.statusOf('custom').kernels.map(({ specName }) => specName)).toEqual(['other']);
  });

  it('of OCI are unpacked, with their own variables, and recorded once', async () => {
    const layout = join(folder, 'layout');
    const environment = ['PATH=/opt/tool/bin:/usr/bin', 'TOOL=1', 'LD_PRELOAD=/x.so', 'HOME=/root'];
    const digest = await writeOciLayout(layout, { entries: await entriesOf(root), environment });
    const reference = `oci:${layout}:latest`;
    const oci = image('oci', { rootFileSystem: { kind: 'oci', reference, digest } });
    await follow(oci);
    expect(images.statusOf('oci').reason).toBeNull();
    expect(images.groundOf('oci')).toMatchObject({
      ...{ digest, environment: { PATH: '/opt/tool/bin:/usr/bin', TOOL: '1' } },
    });
    await images.prepareAgain('oci');
    expect(audit.of('image-added')).toMatchObject([{ imageName: 'oci', digest }]);
  });

  it('are newer where their digest is another, and not where the same was repaired', async () => {
    const layout = join(folder, 'renewed');
    const entries = await entriesOf(root);
    const first = await writeOciLayout(layout, { entries });
    const reference = `oci:${layout}:latest`;
    const oci = image('oci', { rootFileSystem: { kind: 'oci', reference, digest: undefined } });
    await follow(oci);
    const { stored } = images.statusOf('oci');
    await appendFile(join(stored?.root ?? '', 'usr/share/jupyter/kernels/tiny/kernel.json'), ' ');
    expect(await images.prepareAgain('oci')).toMatchObject({ state: 'failed' });
    const repaired = await images.prepareAgain('oci');
    expect(repaired).toMatchObject({ state: 'ready', stored: { digest: first } });
    expect(repaired.stored?.addedAt).not.toBe(stored?.addedAt);
    const offers = new ImageOffers({ images, domain, authorize: authorizeFor(() => [alice]) });
    expect(offers.hasNewer('oci', first)).toBe(false);

    const second = await writeOciLayout(layout, { entries, environment: ['TOOL=2'] });
    expect(await images.prepareAgain('oci')).toMatchObject({ state: 'ready' });
    expect(images.groundOf('oci')).toMatchObject({ digest: second });
    const isNewer = [first, second, null].map((digest) => offers.hasNewer('oci', digest));
    expect(isNewer).toEqual([true, false, false]);
    expect(offers.hasNewer('unknown', first)).toBe(false);
  });

  it.each([
    ['without kernels', 'NoKernels', { kernels: ['missing'] }],
    [
      'that are not there',
      'RootUnusable',
      { rootFileSystem: { kind: 'folder', folder: '/nowhere' } },
    ],
    [
      'that cannot be read',
      'ReferenceUnreadable',
      { rootFileSystem: { kind: 'oci', reference: 'oci:/nowhere:x', digest: undefined } },
    ],
  ] as const)(
    '%s are refused, told in both languages and recorded',
    async (_what, code, change) => {
      await follow(image('broken', change));
      const { state, reason, kernels } = images.statusOf('broken');
      expect({ state, kernels }).toEqual({ state: 'failed', kernels: [] });
      expect(reason?.korean).toMatch(/\p{Script=Hangul}/u);
      expect(() => images.groundOf('broken')).toThrow(
        expect.objectContaining({ code: 'ImageUnavailable' }),
      );
      expect(audit.of('image-failed')).toMatchObject([{ imageName: 'broken', code }]);
    },
  );

  it('that nobody names are none', async () => {
    await follow(image('custom'));
    await follow(image('another'));
    expect(() => images.groundOf('custom')).toThrow(
      expect.objectContaining({ code: 'ImageNotFound' }),
    );
  });

  it('that had failed are ready once what was wrong is mended', async () => {
    await follow(image('custom', { kernels: ['late'] }));
    expect(images.statusOf('custom').state).toBe('failed');
    await addKernel('late', 'Late');
    expect(await images.prepareAgain('custom')).toMatchObject({ state: 'ready' });
  });

  it('are the host itself as before, whatever is found there', async () => {
    await follow(image('host', { rootFileSystem: { kind: 'host' }, kernels: ['no-such-kernel'] }));
    expect(images.statusOf('host').state).toBe('failed');
    expect(images.groundOf('host').root).toEqual({ kind: 'host' });
  });

  it('are offered under the names of the contract, the default first, to whom policy lets use them', async () => {
    const own = denying({
      Action: 'sagemaker:CreateApp',
      Condition: {
        'ForAnyValue:StringLike': { 'sagemaker:ImageArns': 'arn:aws:sagemaker:*:*:image/secret' },
      },
    });
    await follow(image('custom'), image('secret'), image('host-python'));
    const authorize = authorizeFor(() => [alice], { own: () => [own], images: () => listed });
    const offers = new ImageOffers({ images, domain, authorize });
    const { kernels, defaultName } = await offers.offeredTo(alice);
    expect(kernels.map(({ name, displayName }) => [name, displayName])).toEqual([
      ['tiny', 'HOST-PYTHON | Tiny'],
      ['custom__tiny', 'CUSTOM | Tiny'],
    ]);
    expect(defaultName).toBe('tiny');
    expect(await offers.offeredTo({ ...alice, disabled: true })).toEqual({
      ...{ defaultName: null, kernels: [] },
    });
  });
});
