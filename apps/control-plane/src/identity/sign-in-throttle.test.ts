import { describe, expect, it } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

function create() {
  const time = { seconds: 0 };
  return { time, throttle: new SignInThrottle(() => new Date(time.seconds * 1000)) };
}

const attempt = (profileName: string, remoteAddress = '192.0.2.1') => ({
  ...{ profileName, remoteAddress },
});

/** How many attempts are let through before one is refused. */
function admittedCount(throttle: SignInThrottle, attemptOf: (index: number) => object): number {
  for (let index = 0; index < 1_000; index += 1) {
    try {
      throttle.admit(attemptOf(index) as never);
    } catch {
      return index;
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe('the sign-in throttle', () => {
  it('counts the failures of one account from one address, however its name is written', () => {
    const { throttle } = create();
    const names = ['alice', 'ALICE', 'Alice'];
    expect(admittedCount(throttle, (index) => attempt(names[index % 3] ?? ''))).toBe(5);
  });

  it('counts those of one account from many addresses', () => {
    const { throttle } = create();
    expect(admittedCount(throttle, (index) => attempt('alice', `192.0.2.${index}`))).toBe(50);
  });

  it('counts those of many accounts from one address', () => {
    const { throttle } = create();
    expect(admittedCount(throttle, (index) => attempt(`person-${index}`))).toBe(60);
  });

  it('does not count what succeeds', () => {
    const { throttle } = create();
    const count = admittedCount(throttle, (index) => {
      if (index > 0) throttle.succeeded(attempt(`person-${index - 1}`));
      return attempt(`person-${index}`);
    });
    expect(count).toBe(Number.POSITIVE_INFINITY);
  });

  it('forgets an account’s failures when its person signs in', () => {
    const { throttle } = create();
    for (let round = 0; round < 10; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) throttle.admit(attempt('alice'));
      throttle.admit(attempt('alice'));
      throttle.succeeded(attempt('alice'));
    }
  });

  it('keeps nobody out for good, however long somebody else fails in their name', () => {
    const { time, throttle } = create();
    for (let second = 0; second < 100_000; second += 1) {
      time.seconds = second;
      try {
        throttle.admit(attempt('alice', `198.51.100.${second % 250}`));
      } catch {
        // Refused, as it should be.
      }
    }
    time.seconds += 30;
    expect(() => throttle.admit(attempt('alice', '192.0.2.1'))).not.toThrow();
  });
});
