import { describe, expect, it } from 'vitest';
import { createOneTimePassword } from './one-time-password.ts';
import { PasswordHasher } from './password-hasher.ts';
import { requireAcceptablePassword } from './password-rules.ts';

describe('a password hash', () => {
  it('is argon2id with at least OWASP’s parameters and a salt of its own', async () => {
    const hasher = new PasswordHasher();
    const [first, second] = await Promise.all([hasher.hash('x'), hasher.hash('x')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await hasher.verify('x', first)).toBe(true);
    expect(await hasher.verify('y', first)).toBe(false);
  });

  it('is the same for the same characters typed in another form', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('caf\u00e9 \ufb01ve');
    expect(await hasher.verify('cafe\u0301 five', hash)).toBe(true);
  });

  it('of nobody fits no password', async () => {
    const hasher = new PasswordHasher();
    expect(await hasher.verify('', null)).toBe(false);
    expect(await hasher.verify('x', undefined)).toBe(false);
  });

  it('is made by a bounded number at a time; a flood is refused and the rest still answered', async () => {
    const hasher = new PasswordHasher({ maximumWaitingCount: 4 });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => hasher.hash('flood')),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(20 - 2 - 4);
    expect(refused[0]?.reason).toMatchObject({ code: 'TooManyRequests' });
    expect(await hasher.hash('after')).toContain('argon2id');
  });
});

describe('a one-time password', () => {
  it('holds at least 80 bits in groups that can be read out', () => {
    const password = createOneTimePassword();
    expect(password).toMatch(/^(?:[a-z0-9]{4}-){4}[a-z0-9]{4}$/);
    expect(20 * Math.log2(24)).toBeGreaterThan(80);
    const all = new Set(Array.from({ length: 1_000 }, createOneTimePassword));
    expect(all.size).toBe(1_000);
  });
});

describe('a chosen password', () => {
  const choice = {
    currentPassword: 'kx4d-hm7q-9wtb-fn3y-r8cp',
    profileName: 'alice',
    displayName: 'Alice Kim',
  };
  const reasonOf = (newPassword: string) => {
    try {
      requireAcceptablePassword({ ...choice, newPassword });
      return 'accepted';
    } catch (error) {
      return (error as { values: { reason: string } }).values.reason;
    }
  };

  it.each([
    ['orbit pencil walrus tango', 'accepted'],
    ['lower-case-only-is-fine', 'accepted'],
    ['비밀번호를 기억하기는 어렵지않다', 'accepted'],
    ['fourteen chars', 'too-short'],
    ['\u{1F600}'.repeat(8), 'too-short'],
    ['kx4d-hm7q-9wtb-fn3y-r8cp', 'same-as-before'],
    ['aaaaaaaaaaaaaaaaaaaa', 'repetitive'],
    ['abababababababababab', 'repetitive'],
    ['alice-alice-alice-1', 'contains-name'],
    ['Alice Kim Strongroom', 'contains-name'],
    ['Correct Horse Battery Staple', 'common'],
    ['password123password123', 'common'],
    ['1qaz2wsx3edc4rfv', 'common'],
    ['Qwertyuiop-1234567890', 'common'],
  ])('%j is %s', (password, reason) => {
    expect(reasonOf(password)).toBe(reason);
  });
});
