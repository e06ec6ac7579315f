import { describe, expect, it } from 'vitest';
import { domainWith } from '../testing/synthesized.ts';
import { requireAccount } from './require-account.ts';

const ours = domainWith([["accountId: '000000000000'", "accountId: '123456789012'"]]);
/** A fake of STS, at the level of SDK commands. */
const sts = (answer: () => object) =>
  ({ send: async () => answer() }) as unknown as Parameters<typeof requireAccount>[1];
const named = (name: string) => () => {
  throw Object.assign(new Error(name), { name });
};

describe('the account that is acted in', () => {
  it('is the one that the domain file names', async () => {
    await expect(
      requireAccount(
        ours,
        sts(() => ({ Account: '123456789012' })),
      ),
    ).resolves.toBe(undefined);
  });

  it('is no other, and never the one that stands for none', async () => {
    const other = sts(() => ({ Account: '999999999999' }));
    await expect(requireAccount(ours, other)).rejects.toMatchObject({ code: 'OtherAccount' });
    const first = domainWith();
    await expect(requireAccount(first, sts(named('NeverAsked')))).rejects.toMatchObject({
      code: 'AccountNotReal',
    });
  });

  it.each([
    ['CredentialsProviderError', 'CredentialsMissing'],
    ['ExpiredToken', 'CredentialsExpired'],
    ['AccessDenied', 'NotAllowed'],
    ['ThrottlingException', 'TooManyRequests'],
    ['TimeoutError', 'Unreachable'],
    ['SomethingNew', 'AwsRefused'],
  ])('is not known where AWS says %s', async (name, code) => {
    await expect(requireAccount(ours, sts(named(name)))).rejects.toMatchObject({ code });
  });
});
