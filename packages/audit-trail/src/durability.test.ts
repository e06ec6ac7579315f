import { type FileHandle, open, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TrailGround, tested } from './testing/trail-ground.ts';

let ground: TrailGround;
let handles: FileHandle;
beforeEach(async () => {
  ground = await TrailGround.make();
  const file = await open('/dev/null', 'r');
  // What every open file inherits its methods from.
  handles = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await ground.close();
});

const sizeBytes = async () => (await stat(ground.path('2026-03-01.jsonl'))).size;

describe('an event', () => {
  it('is answered for only once the disk has said that it is there', async () => {
    await ground.open();
    await ground.write(1);
    let release: () => void = () => undefined;
    const reached = new Promise<void>((isReached) => {
      vi.spyOn(handles, 'datasync').mockImplementation(() => {
        isReached();
        return new Promise((resolve) => {
          release = resolve;
        });
      });
    });
    let isAnswered = false;
    const appended = ground.trail.append(tested(2)).then(() => {
      isAnswered = true;
    });
    await reached;
    expect(isAnswered).toBe(false);
    vi.restoreAllMocks();
    release();
    await appended;
  });

  it('that the disk did not take leaves nothing behind', async () => {
    await ground.open();
    await ground.write(1);
    const before = await sizeBytes();
    vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
    await expect(ground.trail.append(tested(2))).rejects.toMatchObject({
      code: 'AuditUnavailable',
    });
    expect(await sizeBytes()).toBe(before);
  });

  it('is not written behind what could not be taken back', async () => {
    await ground.open();
    await ground.write(1);
    vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO'));
    const truncate = vi.spyOn(handles, 'truncate').mockRejectedValue(new Error('EIO'));
    const refused = { code: 'AuditUnavailable' };
    await expect(ground.trail.append(tested(2))).rejects.toMatchObject(refused);
    await expect(ground.trail.append(tested(3))).rejects.toMatchObject(refused);
    truncate.mockRestore();
    await ground.trail.append(tested(4));
    await ground.trail.close();
    expect(await ground.events()).toHaveLength(2);
    expect(await ground.problems()).toEqual([]);
  });
});

describe('the head', () => {
  it('is there before the first event', async () => {
    await ground.open();
    expect(await ground.problems()).toEqual([]);
    await ground.write(1);
    expect(await ground.problems()).toEqual([]);
  });
});
