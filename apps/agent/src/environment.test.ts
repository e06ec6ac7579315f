import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

describe('what a terminal inherits', () => {
  it('is everything but what is for the agent, and the authorities that Node.js is to trust', () => {
    const { shellEnvironment } = readEnvironment({
      ...{ HOME: '/home/alice', AWS_REGION: 'ap-northeast-2', STRONGROOM_PROFILE_NAME: 'alice' },
      STRONGROOM_NODE_EXTRA_CA_CERTS: '/run/trust/bundle.crt',
    });
    expect(shellEnvironment).toEqual({
      ...{ HOME: '/home/alice', AWS_REGION: 'ap-northeast-2' },
      NODE_EXTRA_CA_CERTS: '/run/trust/bundle.crt',
    });
  });
});
