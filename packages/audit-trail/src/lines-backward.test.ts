import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesBackward } from './lines-backward.ts';

describe('the lines of a file, backward', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strongroom-lines-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function read(text: string, end?: number): Promise<string[]> {
    const path = join(folder, 'lines');
    await writeFile(path, text);
    const lines: string[] = [];
    for await (const line of linesBackward(path, end)) lines.push(line.text);
    return lines;
  }

  it('come whole however long the file is, and each once', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `${index} ${'한'.repeat(index % 50)}`,
    );
    expect(await read(`${lines.join('\n')}\n`)).toEqual([...lines].reverse());
  });

  it('go on from where a page ended', async () => {
    const path = join(folder, 'lines');
    await writeFile(path, 'one\ntwo\nthree\n');
    const first = await linesBackward(path).next();
    expect(first.value).toEqual({ text: 'three', offset: 8 });
    expect(await read('one\ntwo\nthree\n', 8)).toEqual(['two', 'one']);
  });

  it('are none of an empty file, and one without a newline is a line', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('alone')).toEqual(['alone']);
  });
});
