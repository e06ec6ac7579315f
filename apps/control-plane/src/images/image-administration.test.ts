import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noActor } from '../audit/audit-writer.ts';
import { CollectedAudit } from '../audit/testing/collected-audit.ts';
import { DomainFile } from '../config/domain-file.ts';
import { ImageAdministration } from './image-administration.ts';
import type { ImageGround } from './image-ground.ts';
import type { ImageStatus, Images } from './images.ts';
import type { KernelCheckResult } from './kernel-check.ts';
import { catalogFor, readyImages } from './testing/ready-images.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const request = {
  ...{ imageName: 'custom', displayName: 'Custom' },
  rootFileSystem: { oci: 'oci:/srv/custom:1', digest },
};
const operator = { ...noActor, remoteAddress: 'operator-socket' };

describe('what the operator does with images', () => {
  let folder: string;
  let domainFile: DomainFile;
  let audit: CollectedAudit;
  let administration: ImageAdministration;
  let result: KernelCheckResult;
  let state: ImageStatus['state'];
  const done: string[] = [];
  const text = () => readFile(domainFile.path, 'utf8');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-image-file-'));
    domainFile = await DomainFile.open(join(folder, 'strongroom.yaml'));
    audit = new CollectedAudit();
    done.length = 0;
    state = 'ready';
    result = { outcome: 'ran', message: null };
    const domain = () => domainFile.domain;
    const ready = readyImages(domain);
    const stored = { digest } as ImageStatus['stored'];
    const withStored = (status: ImageStatus): ImageStatus =>
      status.image.imageName === 'custom' ? { ...status, stored } : status;
    const images = {
      ...ready,
      list: () => ready.list().map(withStored),
      statusOf: (name: string) => withStored(ready.statusOf(name)),
      follow: () => void done.push('follow'),
      allSettled: async () => undefined,
      prepareAgain: async (name: string) => ({ ...withStored(ready.statusOf(name)), state }),
      groundOf: (name: string): ImageGround => ready.groundOf(name),
    } as unknown as Images;
    const studios = {
      runningApps: () => [],
      review: async () => void done.push('review'),
    };
    const authorize = () => ({
      ...{ allowed: true, rule: '', sentence: '', koreanSentence: '' },
    });
    administration = new ImageAdministration({
      ...{ domainFile, images, studios, audit: audit.log.images },
      catalog: catalogFor({ domain, authorize, studios }),
      store: { remove: async (removed) => void done.push(`remove ${removed}`) },
      checkKernel: async () => result,
    });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is recorded, written into the domain file and followed', async () => {
    const added = await administration.add(request, operator);
    expect(added).toMatchObject({
      imageName: 'custom',
      source: 'oci',
      reference: 'oci:/srv/custom:1',
    });
    expect(await text()).toContain('  - imageName: custom\n');
    expect(done).toEqual(['follow']);
    expect(audit.of('image-added')).toMatchObject([
      { imageName: 'custom', digest, remoteAddress: 'operator-socket' },
    ]);
  });

  it('is not done where it cannot be recorded', async () => {
    audit.canWrite = false;
    await expect(administration.add(request, operator)).rejects.toMatchObject({
      code: 'AuditUnavailable',
    });
    await expect(administration.remove('bash', operator)).rejects.toMatchObject({
      code: 'AuditUnavailable',
    });
    expect(await text()).toMatch(/imageName: bash/);
    expect([await text(), done]).toEqual([expect.not.stringContaining('custom\n    display'), []]);
  });

  it('is refused for a name that is there, and for one that is not', async () => {
    await expect(
      administration.add({ ...request, imageName: 'bash' }, operator),
    ).rejects.toMatchObject({ code: 'ImageExists' });
    for (const name of ['missing', '../x']) {
      await expect(administration.remove(name, operator)).rejects.toMatchObject({
        code: 'ImageNotFound',
      });
      await expect(administration.check(name)).rejects.toMatchObject({ code: 'ImageNotFound' });
    }
  });

  it('takes an image away with what was unpacked of it, after its kernels', async () => {
    await administration.add(request, operator);
    done.length = 0;
    await administration.remove('custom', operator);
    expect(done).toEqual(['follow', 'review', `remove ${digest}`]);
    expect(await text()).not.toContain('custom\n    displayName');
    expect(audit.of('image-removed')).toMatchObject([{ imageName: 'custom' }]);
  });

  it('does not take away what new notebooks run on', async () => {
    const before = await text();
    const { imageName } = domainFile.domain.defaults;
    await expect(administration.remove(imageName, operator)).rejects.toMatchObject({
      code: 'ImageInUse',
    });
    expect([await text(), done, audit.of('image-removed')]).toEqual([before, [], []]);
  });

  it('tries each kernel of an image that is ready, and none of one that is not', async () => {
    result = { outcome: 'failed', message: 'It ended' };
    expect((await administration.check('bash')).kernels).toMatchObject([
      { name: 'bash__python3', outcome: 'failed', message: 'It ended' },
    ]);
    state = 'failed';
    expect((await administration.check('bash')).kernels).toEqual([]);
  });
});
