import { describe, expect, it } from 'vitest';
import { copyName, shareTitle } from './share-title.ts';

describe('the title of a share', () => {
  it.each([
    ['work/rates.ipynb', 'rates.ipynb'],
    ['보고서.ipynb', '보고서.ipynb'],
    ['a\nb.ipynb', 'a�b.ipynb'],
    ['evil\u202ebnyp.txt', 'evil�bnyp.txt'],
    ['\u200b', '�'],
    ['dir/', 'Untitled.ipynb'],
    [`${'x'.repeat(300)}.ipynb`, 'x'.repeat(200)],
  ])('of %j is %j', (path, title) => {
    expect(shareTitle(path)).toBe(title);
  });
});

describe('the name of a copy', () => {
  it.each([
    ['rates.ipynb', 'rates.ipynb'],
    ['rates.IPYNB', 'rates.ipynb'],
    ['rates', 'rates.ipynb'],
    ['run.sh', 'run.sh.ipynb'],
    ['../../.bashrc', '_.._.bashrc.ipynb'],
    ['.ssh', 'ssh.ipynb'],
    ['...', 'Untitled.ipynb'],
    ['--help', 'help.ipynb'],
    ['a/b', 'a_b.ipynb'],
    ['nul\0l', 'nul�l.ipynb'],
  ])('of %j is one visible name of a notebook: %j', (title, name) => {
    expect(copyName(title)).toBe(name);
  });

  it('fits into a file system whatever its script', () => {
    const name = copyName(`${'가'.repeat(200)}.ipynb`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(210);
    expect(name).toMatch(/^가+\.ipynb$/);
  });
});
