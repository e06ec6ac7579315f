import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { openStudioBench, type StudioBench } from './testing/studio-bench.ts';

let bench: StudioBench;
let person: Person;

beforeAll(async () => {
  bench = await openStudioBench();
  ({ person } = await bench.addPerson('alice'));
});

afterAll(() => bench.close());

async function read(path: string) {
  const { stream, ...file } = await bench.studios.readFile(person, path);
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return { ...file, content: Buffer.concat(chunks) };
}

describe('looking into a home while no studio runs', () => {
  it('lists it, also before its person ever launched', async () => {
    expect(await bench.studios.listFiles(person, '')).toEqual({
      ...{ path: '', entries: [], truncated: false },
    });
    expect(await bench.studios.apps()).toEqual([]);
  });

  it('passes on why a path is refused', async () => {
    await expect(bench.studios.listFiles(person, 'missing')).rejects.toMatchObject({
      code: 'FileNotFound',
    });
    await expect(bench.studios.readFile(person, 'missing')).rejects.toMatchObject({
      code: 'FileNotFound',
    });
  });

  it('cannot change it', async () => {
    await expect(bench.studios.listFiles(person, 'writes')).rejects.toMatchObject({
      message: 'EROFS',
    });
  });

  it.each(['nonsense', 'silence'])('is a clear error when the program answers %s', async (path) => {
    await expect(bench.studios.listFiles(person, path)).rejects.toMatchObject({
      code: 'SandboxUnavailable',
    });
    await expect(bench.studios.readFile(person, path)).rejects.toMatchObject({
      code: 'SandboxUnavailable',
    });
  });

  it.each(['a\0b', 'a'.repeat(5000)])('refuses a path that no file has', async (path) => {
    await expect(bench.studios.readFile(person, path)).rejects.toMatchObject({
      code: 'FileRefused',
    });
  });
});

describe('a file of a home', () => {
  it('comes with its name, its size and its bytes', async () => {
    const file = await read('file');
    expect(file).toEqual({ name: 'file', sizeBytes: 5, content: Buffer.from('hello') });
  });

  it('comes whole when it is large', async () => {
    expect((await read('large')).content.length).toBe(20 * 1024 * 1024);
  });

  it('is an error and not a shorter file when it ends too early', async () => {
    await expect(read('short')).rejects.toThrow(/too early/);
  });

  it('is never longer than announced', async () => {
    expect((await read('too-much')).content.toString()).toBe('ok');
  });

  it('ends its sandbox when the reader leaves', async () => {
    const { stream } = await bench.studios.readFile(person, 'large');
    const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
    stream.destroy();
    await closed;
    await expect(read('file')).resolves.toMatchObject({ sizeBytes: 5 });
  });
});

describe('a new file for a home', () => {
  it('is written in a sandbox that has the home, however large it is', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, 'x');
    expect(await bench.studios.writeNewFile(person, 'new.ipynb', bytes)).toBe('new.ipynb');
    const { entries } = await bench.studios.listFiles(person, '');
    expect(entries.map(({ name }) => name)).toContain('new.ipynb');
  });

  it.each([
    ['full', 'DiskFull'],
    ['strange', 'SandboxUnavailable'],
    ['a\0b', 'FileRefused'],
  ])('is refused as the program says: %j, %s', async (name, code) => {
    const work = bench.studios.writeNewFile(person, name, Buffer.from('x'));
    await expect(work).rejects.toMatchObject({ code });
  });
});
