import { describe, expect, it } from 'vitest';
import { copyToHome } from './copy-object.ts';

const mebibyte = 1024 * 1024;
const from = { place: { bucket: 'b', key: 'k' }, path: 'folder/k' };

function bench(content: Uint8Array, options: { breaksOff?: boolean } = {}) {
  const saved: { chunk?: number; content?: unknown; path: string }[] = [];
  const api = {
    read: async () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(content);
          if (options.breaksOff === true) controller.error(new TypeError('network error'));
          else controller.close();
        },
      }),
  };
  const contents = {
    async save(path: string, model: object) {
      saved.push({ path, ...model });
      return model as never;
    },
  };
  return { saved, to: { api, contents } };
}

describe('a copy to the home', () => {
  const { signal } = new AbortController();

  it('is one request where it is small', async () => {
    const { saved, to } = bench(new TextEncoder().encode('a,b'));
    await copyToHome(to, from, { signal, onBytes: () => undefined });
    expect(saved).toEqual([{ path: 'folder/k', type: 'file', format: 'base64', content: 'YSxi' }]);
  });

  it('comes in numbered pieces where it is large, and tells how far it is', async () => {
    const { saved, to } = bench(new Uint8Array(2.5 * mebibyte));
    const counts: number[] = [];
    await copyToHome(to, from, { signal, onBytes: (count) => counts.push(count) });
    expect(saved.map(({ chunk }) => chunk)).toEqual([1, 2, -1]);
    expect(counts).toEqual([mebibyte, mebibyte, mebibyte / 2]);
  });

  it('never sends its last piece where the object breaks off', async () => {
    const { saved, to } = bench(new Uint8Array(1.5 * mebibyte), { breaksOff: true });
    const copy = copyToHome(to, from, { signal, onBytes: () => undefined });
    await expect(copy).rejects.toThrow(TypeError);
    expect(saved.map(({ chunk }) => chunk)).not.toContain(-1);
  });

  it('stops where it is cancelled', async () => {
    const { saved, to } = bench(new Uint8Array(3 * mebibyte));
    const controller = new AbortController();
    const copy = copyToHome(to, from, {
      ...{ signal: controller.signal, onBytes: () => controller.abort() },
    });
    await expect(copy).rejects.toMatchObject({ name: 'AbortError' });
    expect(saved).toHaveLength(1);
  });
});
