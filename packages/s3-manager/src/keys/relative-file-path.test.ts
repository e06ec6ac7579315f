import { describe, expect, it } from 'vitest';
import { refuseFilesThatAreFolders, relativeFilePath } from './relative-file-path.ts';

const unsafe = [
  ...['', '/', '/etc/passwd', '..', '../x', 'a/../../x', 'a/..', './a', 'a//b', 'a\0b'],
  'a'.repeat(256),
];

describe('the file path of a key', () => {
  it.each(unsafe)('is refused for %j', (key) => {
    expect(() => relativeFilePath(key)).toThrow(expect.objectContaining({ code: 'UnsafeKey' }));
  });

  it('is the key itself where it names one place below the folder', () => {
    for (const key of ['a', 'a/b.csv', '..a/b..', '한글/🔑', 'a b']) {
      expect(relativeFilePath(key)).toBe(key);
    }
  });

  it('is refused where a file would have to be a folder too', () => {
    expect(() => refuseFilesThatAreFolders(['a', 'a/b'])).toThrow(
      expect.objectContaining({ code: 'UnsafeKey' }),
    );
    expect(() => refuseFilesThatAreFolders(['a/', 'a/b', 'ab'])).not.toThrow();
  });
});
