import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

describe('the environment', () => {
  it('may be empty', () => {
    expect(readEnvironment({}, '/srv')).toEqual({
      domainFilePath: '/srv/strongroom.yaml',
      port: undefined,
      logLevel: 'info',
    });
  });

  it('takes a relative domain file and port 0', () => {
    const variables = { STRONGROOM_DOMAIN_FILE: 'a/b.yaml', STRONGROOM_PORT: '0' };
    expect(readEnvironment(variables, '/srv')).toMatchObject({
      domainFilePath: '/srv/a/b.yaml',
      port: 0,
    });
  });

  it.each([
    ['STRONGROOM_PORT', '65536'],
    ['STRONGROOM_PORT', '-1'],
    ['STRONGROOM_PORT', '80 '],
    ['STRONGROOM_PORT', '0x50'],
    ['STRONGROOM_LOG_LEVEL', 'loud'],
  ])('names the variable that cannot be used: %s=%s', (name, value) => {
    expect(() => readEnvironment({ [name]: value }, '/')).toThrow(`${name}="${value}"`);
  });
});
