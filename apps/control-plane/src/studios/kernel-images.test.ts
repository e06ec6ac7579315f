import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OfferedKernels, StrongroomError } from '@strongroom/contracts';
import { makeTinyRoot } from '@strongroom/sandbox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { denying } from '../policies/testing/authorize-for.ts';
import type { KernelImages } from './kernel-offers.ts';
import { enter, kernelApps, startKernel } from './testing/bench-actions.ts';
import { eventually } from './testing/eventually.ts';
import { askAgent, openStudioBench, type StudioBench } from './testing/studio-bench.ts';

let bench: StudioBench;
let folder: string | undefined;

afterEach(async () => {
  await bench.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  folder = undefined;
});

const kernel = {
  ...{ name: 'python3', imageName: 'host-python', specName: 'python3', folder: '/usr/share' },
  ...{ argv: ['python3', '{connection_file}'], displayName: 'Python 3', language: 'python' },
  ...{ interruptMode: 'signal' as const, environment: {}, metadata: {} },
};

/** One image on that root; what it offers is changed by a test, which then tells of it. */
function imagesOn(ground: ReturnType<KernelImages['groundOf']>) {
  const offered: { now: OfferedKernels } = { now: { defaultName: 'python3', kernels: [kernel] } };
  let listener: () => void = () => undefined;
  const images: KernelImages = {
    groundOf(imageName) {
      if (imageName === 'host-python') return ground;
      if (imageName !== 'broken') throw new StrongroomError('ImageNotFound', 'no such image');
      throw new StrongroomError('ImageUnavailable', 'Cannot use the image "Broken": it is broken');
    },
    offeredTo: async () => offered.now,
    onChange(told) {
      listener = told;
      return () => undefined;
    },
  };
  const change = (now: OfferedKernels) => {
    offered.now = now;
    listener();
  };
  return { images, change };
}

const host = { root: { kind: 'host' }, environment: {}, digest: null } as const;

async function openBench(kernelImages: KernelImages) {
  bench = await openStudioBench({ kernelImages });
  const { person } = await bench.addPerson('alice');
  return enter(bench, person);
}

describe('a kernel on an image', () => {
  it("runs on the image's own root file system, with its variables behind the platform's", async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-root-'));
    await makeTinyRoot(folder, ['sh']);
    const environment = { PATH: '/opt/tool/bin:/usr/bin', TOOL: 'yes', LANG: 'xx' };
    const root = { kind: 'folder', folder } as const;
    const { images } = imagesOn({ root, environment, digest: null });
    const socketPath = await openBench(images);
    // Only a shell is in it: every test is the shell's own.
    const script = '[ ! -e /usr/share ] && [ "$TOOL $LANG" = "yes C.UTF-8" ] && [ -d "$HOME" ]';
    const told = `${script} && [ "$PATH" = "${environment.PATH}" ] && exit 42`;
    await startKernel(socketPath, { argv: ['/bin/sh', '-c', told] });
    await eventually(async () => (await kernelApps(bench))[0]?.endReason).toContain('exit code 42');
  });

  it.each([
    ['that is none of the domain', 'pirate', 'AccessDenied'],
    ['that cannot be used', 'broken', 'ImageUnavailable'],
    ['with a path in its name', '../../etc', 'AccessDenied'],
    ['without a name', '', 'AccessDenied'],
  ])('is refused on one %s, whatever the agent asks for', async (_what, imageName, code) => {
    const socketPath = await openBench(imagesOn(host).images);
    expect(await startKernel(socketPath, { imageName })).toMatchObject({ error: { code } });
    expect(await kernelApps(bench)).toEqual([]);
    expect(bench.audit.of('kernel-allowed')).toEqual([]);
  });

  it('is refused on one that policy keeps from its owner, and ends where policy comes later', async () => {
    const socketPath = await openBench(imagesOn(host).images);
    await startKernel(socketPath);
    bench.own.policies = [
      denying({
        Action: 'sagemaker:CreateApp',
        Condition: {
          'ForAnyValue:StringLike': {
            'sagemaker:ImageArns': 'arn:aws:sagemaker:*:*:image/host-python',
          },
        },
      }),
    ];
    expect(await startKernel(socketPath)).toMatchObject({ error: { code: 'AccessDenied' } });
    expect(bench.audit.of('access-denied')).toMatchObject([
      { profileName: 'alice', action: 'sagemaker:CreateApp', rule: 'own/Denied' },
    ]);
    await bench.studios.review();
    expect(await kernelApps(bench)).toMatchObject([{ status: 'Deleted' }]);
  });
});

describe('the kernels that there are', () => {
  const ask = (socketPath: string) =>
    askAgent(socketPath, '/do/ask', { method: 'describeKernels', params: {} });

  it('are told to the agent that asks', async () => {
    const socketPath = await openBench(imagesOn(host).images);
    expect(await ask(socketPath)).toMatchObject({
      result: { defaultName: 'python3', kernels: [kernel] },
    });
  });

  it('are told of again where they have changed since, and only then', async () => {
    const { images, change } = imagesOn(host);
    const socketPath = await openBench(images);
    await ask(socketPath);
    change({ defaultName: 'python3', kernels: [kernel] });
    change({ defaultName: null, kernels: [] });
    await eventually(() => askAgent(socketPath, '/do/events')).toEqual([
      { event: 'kernelsChanged' },
    ]);
    expect(await ask(socketPath)).toMatchObject({ result: { defaultName: null, kernels: [] } });
  });
});
