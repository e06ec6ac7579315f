import { expect, test, vi } from 'vitest';
import type { KernelSpec } from '../kernelspecs/kernel-spec.ts';
import type { Kernel } from './kernel.ts';
import { PreparedKernels } from './prepared-kernels.ts';

/** Kernels that only count. */
function createKernels() {
  const started: ReturnType<typeof createKernel>[] = [];
  let argv = ['one'];
  const prepared = new PreparedKernels({
    findSpec: async () => ({ imageName: 'a', argv, environment: {} }) as unknown as KernelSpec,
    launch: async () => {
      const kernel = createKernel();
      started.push(kernel);
      return kernel as unknown as Kernel;
    },
  });
  const changeImage = () => {
    argv = ['two'];
  };
  return { started, prepared, changeImage };
}

function createKernel() {
  return { isGone: false, shutDown: vi.fn(async () => {}), abandon: vi.fn(async () => {}) };
}

test('as many as were asked for are handed over, each to one', async () => {
  const { started, prepared } = createKernels();
  prepared.prepare({ specName: 'a', count: 2, isKept: false });
  const taken = [await prepared.take('a'), await prepared.take('a')];
  expect(new Set(taken).size).toBe(2);
  expect(await prepared.take('a')).toBeUndefined();
  expect(await prepared.take('b')).toBeUndefined();
  expect(started).toHaveLength(2);
});

test('where they are kept ready another is started for each that is taken', async () => {
  const { started, prepared } = createKernels();
  prepared.prepare({ specName: 'a', count: 1, isKept: true });
  expect(await prepared.take('a')).toBe(started[0]);
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(await prepared.take('a')).toBe(started[1]);
});

test('one that died is handed to nobody', async () => {
  const { started, prepared } = createKernels();
  prepared.prepare({ specName: 'a', count: 2, isKept: false });
  await vi.waitFor(() => expect(started).toHaveLength(2));
  for (const kernel of started.slice(0, 1)) kernel.isGone = true;
  expect(await prepared.take('a')).toBe(started[1]);
});

test('one that cannot be made what is wanted stays ready, and who wanted it hears why', async () => {
  const { started, prepared } = createKernels();
  prepared.prepare({ specName: 'a', count: 1, isKept: true });
  const refused = async () => {
    throw new Error('refused');
  };
  await expect(prepared.take('a', refused)).rejects.toThrow('refused');
  expect(await prepared.take('a')).toBe(started[0]);
});

test('one that is given back when the images have changed is replaced', async () => {
  const { started, prepared, changeImage } = createKernels();
  prepared.prepare({ specName: 'a', count: 1, isKept: true });
  const refused = async () => {
    changeImage();
    throw new Error('refused');
  };
  await expect(prepared.take('a', refused)).rejects.toThrow('refused');
  expect(started[0]?.shutDown).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(await prepared.take('a')).toBe(started[1]);
});

test('when the images change, those that would be started from something else are replaced', async () => {
  const { started, prepared, changeImage } = createKernels();
  prepared.prepare({ specName: 'a', count: 1, isKept: true });
  await prepared.renew();
  expect(started).toHaveLength(1);
  changeImage();
  await prepared.renew();
  expect(started[0]?.shutDown).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(await prepared.take('a')).toBe(started[1]);
});

test('what nobody took is left to the control plane at the end', async () => {
  const { started, prepared } = createKernels();
  prepared.prepare({ specName: 'a', count: 1, isKept: true });
  await prepared.close();
  expect(started[0]?.abandon).toHaveBeenCalledOnce();
});
