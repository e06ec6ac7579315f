import { ApiClient } from '@strongroom/tests/support/api-client.ts';
import { type RunningDomain, startDomain } from '@strongroom/tests/support/running-domain.ts';
import { domainFile } from '../strongroom/domain-file.ts';

/** What every measure is taken on: one domain, with two people, the first with an open studio. */
export interface SharingSetting {
  readonly domain: RunningDomain;
  readonly alice: ApiClient;
  readonly bob: ApiClient;
  /** Bob's, whom a browser signs in. */
  readonly bobsPassword: string;
  say(text: string): void;
}

export async function openSharingSetting(say: (text: string) => void): Promise<SharingSetting> {
  const file = { profileNames: ['alice', 'bob'], prestart: 'nothing', hibernateAfterMinutes: 120 };
  const domain = await startDomain({ domainFile: domainFile({ ...file, prestart: 'nothing' }) });
  const enter = async (name: string) => {
    const client = new ApiClient(domain);
    const oneTimePassword = domain.oneTimePasswords.get(name) ?? '';
    return { client, password: await client.firstSignIn(name, oneTimePassword) };
  };
  const alice = await enter('alice');
  const bob = await enter('bob');
  await alice.client.openStudio('alice');
  return { domain, alice: alice.client, bob: bob.client, bobsPassword: bob.password, say };
}
