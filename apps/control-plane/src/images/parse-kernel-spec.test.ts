import { describe, expect, it } from 'vitest';
import { parseKernelSpec } from './parse-kernel-spec.ts';

const place = { specName: 'python3', folder: '/usr/share/jupyter/kernels/python3' };
const good = {
  argv: ['/usr/bin/python3', '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
  display_name: 'Python 3 (ipykernel)',
  language: 'python',
  metadata: { debugger: true },
};
const parse = (change: object = {}, at: Partial<typeof place> = {}) =>
  parseKernelSpec(JSON.stringify({ ...good, ...change }), { ...place, ...at });

describe('a kernel spec of an image', () => {
  it('is taken as Jupyter writes it', () => {
    expect(parse({ interrupt_mode: 'message', env: { R_LIBS: '/opt/r' } })).toEqual({
      ...place,
      ...{ argv: good.argv, displayName: 'Python 3 (ipykernel)', language: 'python' },
      ...{ interruptMode: 'message', environment: { R_LIBS: '/opt/r' } },
      metadata: { debugger: true },
    });
  });

  it.each([
    ['no command', { argv: undefined }],
    ['an empty command', { argv: [] }],
    ['no place for its connection file', { argv: ['/bin/sh'] }],
    ['an option in the place of a program', { argv: ['-c', '{connection_file}'] }],
    ['a command of something else than words', { argv: ['python3', 1, '{connection_file}'] }],
    ['a NUL in its command', { argv: ['python3\0', '{connection_file}'] }],
    ['a line end in its command', { argv: ['python3', 'a\nb', '{connection_file}'] }],
    ['a word without end', { argv: ['python3', '{connection_file}', 'x'.repeat(4097)] }],
    ['too many words', { argv: ['python3', '{connection_file}', ...Array(64).fill('x')] }],
    ['metadata without end', { metadata: { x: 'x'.repeat(9000) } }],
  ])('is left out with %s', (_what, change) => {
    expect(parse(change)).toBeUndefined();
  });

  it.each(['', '.', '..', 'a/b', '../x', 'a b', 'a\n', 'R__ir', 'x'.repeat(129), '한글'])(
    'is left out under the name "%s"',
    (specName) => {
      expect(parse({}, { specName })).toBeUndefined();
    },
  );

  it.each(['usr/share', '/usr/../etc', '/usr//x', '/usr/x y', '/usr/x\n', '/'])(
    'is left out of the folder "%s"',
    (folder) => {
      expect(parse({}, { folder })).toBeUndefined();
    },
  );

  it.each(['', 'no JSON', '[]', 'null', `{"a":"${'x'.repeat(70_000)}"}`])(
    'is left out where it is no object of a sane size',
    (text) => {
      expect(parseKernelSpec(text, place)).toBeUndefined();
    },
  );

  it('sets nothing by which a program becomes another or the platform is reached', () => {
    const env = {
      ...{ PATH: '/tmp', path: '/tmp', LD_PRELOAD: '/tmp/x.so', HOME: '/', NODE_OPTIONS: '-r x' },
      ...{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x', HTTPS_PROXY: 'http://x' },
      ...{ SSL_CERT_FILE: '/tmp/x', GIT_CONFIG_SYSTEM: '/tmp/x', BASH_ENV: '/tmp/x' },
      ...{ 'A B': 'x', KEPT: 'yes', LINES: 'a\nb', NUMBER: 1 },
    };
    expect(parse({ env })?.environment).toEqual({ KEPT: 'yes' });
  });

  it.each(['', '  ', 'x'.repeat(101), 'a\u202eb', 'a\nb', 7])(
    'is shown by its name where its own words cannot be',
    (displayName) => {
      expect(parse({ display_name: displayName })?.displayName).toBe('python3');
    },
  );
});
