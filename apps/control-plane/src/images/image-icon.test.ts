import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImageIcon } from './image-icon.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-icon-'));
});
afterEach(() => rm(folder, { recursive: true }));

const png = Buffer.from('89504e470d0a1a0a00', 'hex');

async function typeOf(content: string | Buffer): Promise<string | undefined> {
  const file = join(folder, 'icon');
  await writeFile(file, content);
  return (await readImageIcon(file)).headers['content-type'];
}

describe('the picture of an image', () => {
  it('is what its bytes say, whatever its name is', async () => {
    expect(await typeOf(png)).toBe('image/png');
    expect(await typeOf('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('image/svg+xml');
    expect(await typeOf('<?xml version="1.0"?>\n<!-- x --><svg/>')).toBe('image/svg+xml');
  });

  it('runs no program where it is opened by itself', async () => {
    await typeOf('<svg><script>alert(1)</script></svg>');
    const { headers } = await readImageIcon(join(folder, 'icon'));
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['a page', '<html><svg/></html>'],
    ['a script', 'alert(1)'],
    ['nothing', ''],
    ['more than a picture is', Buffer.concat([png, Buffer.alloc(300_000)])],
  ])('is not there where the file holds %s', async (_what, content) => {
    await expect(typeOf(content)).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it('is not there without a file, or where it is a folder', async () => {
    await symlink('/', join(folder, 'link'));
    for (const file of [undefined, join(folder, 'missing'), folder, join(folder, 'link')]) {
      await expect(readImageIcon(file)).rejects.toMatchObject({ code: 'ImageNotFound' });
    }
  });
});
