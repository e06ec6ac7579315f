import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { PiecesWriting } from './pieces-writing.ts';

const path = join(tmpdir(), `strongroom-early-sync-${process.pid}`);
const piece = Buffer.alloc(1024 ** 2);

afterEach(() => rm(path, { force: true }));

async function write(failure: Error | undefined, pieceCount: number) {
  const handle = await open(path, 'w');
  const datasync = vi.spyOn(handle, 'datasync');
  if (failure !== undefined) datasync.mockRejectedValueOnce(failure);
  const writing = new PiecesWriting(handle);
  try {
    for (let count = 0; count < pieceCount; count += 1) await writing.add([piece]);
    await writing.writeRest();
    return datasync.mock.calls.length;
  } finally {
    await writing.settle();
    await handle.close();
  }
}

it('sends a large file to the disk while more of it comes', async () => {
  expect(await write(undefined, 40)).toBeGreaterThan(0);
});

it('leaves a small file to its one sync', async () => {
  expect(await write(undefined, 20)).toBe(0);
});

it('does not keep a file of which an early sync was told that it cannot be written', async () => {
  const failure = Object.assign(new Error('the disk'), { code: 'EIO' });
  await expect(write(failure, 80)).rejects.toMatchObject({ code: 'EIO' });
});

it('goes on with other files after such a failure', async () => {
  await expect(write(new Error('the disk'), 40)).rejects.toThrow();
  expect(await write(undefined, 40)).toBeGreaterThan(0);
});
