import { expect, test } from 'vitest';
import {
  formatKernelCommand,
  formatKernelEnvironment,
  isKernelSpecName,
  parseKernelSpec,
} from './kernel-spec.ts';

const place = { name: 'r', folder: '/specs/r', imageName: 'host-python' };

/** jupyter_client's placeholder for a variable. */
const reference = (name: string) => `\${${name}}`;

function parse(value: unknown) {
  return parseKernelSpec(JSON.stringify(value), place);
}

test('a spec is read with its defaults', () => {
  expect(parse({ argv: ['R'], language: 'R' })).toEqual({
    ...place,
    specName: 'r',
    argv: ['R'],
    displayName: 'r',
    language: 'R',
    interruptMode: 'signal',
    environment: {},
    metadata: {},
  });
});

test('what is no spec is left out instead of breaking the list', () => {
  for (const value of [null, [], {}, { argv: [] }, { argv: 'python' }, { argv: [1] }]) {
    expect(parse(value)).toBeUndefined();
  }
  expect(parseKernelSpec('{', place)).toBeUndefined();
});

test('the placeholders of a command are filled in without a shell', () => {
  const spec = parse({ argv: ['R', '{resource_dir}/a', '-f={connection_file}', '$(id)'] });
  expect(spec && formatKernelCommand(spec, '/run/k/1.json')).toEqual([
    'R',
    '/specs/r/a',
    '-f=/run/k/1.json',
    '$(id)',
  ]);
});

test('the environment of a spec refers to what the kernel inherits', () => {
  const spec = parse({
    argv: ['R'],
    env: {
      PATH: `/opt/r/bin:${reference('PATH')}`,
      OTHER: reference('UNKNOWN'),
      'not a name': 'x',
      NUMBER: 7,
    },
  });
  expect(spec && formatKernelEnvironment(spec, { PATH: '/usr/bin' })).toEqual({
    PATH: '/opt/r/bin:/usr/bin',
    OTHER: reference('UNKNOWN'),
  });
});

test('a name that would lead to another folder is none', () => {
  expect(['python3', 'ir.4-2', 'A_b'].every(isKernelSpecName)).toBe(true);
  expect(['', '.', '..', 'a/b', 'a b', 'é', 'x'.repeat(129)].some(isKernelSpecName)).toBe(false);
});
