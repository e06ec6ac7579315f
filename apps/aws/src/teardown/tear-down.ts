import type { AwsAccount } from './aws-account.ts';
import { findDomain, findRemovedDomain } from './find-domain.ts';
import { removeDomain } from './remove-domain.ts';
import { removeLeftOvers } from './remove-left-overs.ts';
import { removeStacks } from './remove-stacks.ts';

/**
 * Everything of a domain but what is kept on purpose: buckets, keys and logs. Each step looks at what is
 * there and not at what an earlier run did, so a run that was cut off is simply repeated.
 */
export async function tearDown(
  account: AwsAccount,
  names: {
    readonly domainName: string;
    readonly foundationName: string;
    readonly stackNames: readonly string[];
  },
): Promise<void> {
  const domain = await findDomain(account, names.domainName);
  if (domain === undefined) account.tell('There is no SageMaker domain of that name (any more)');
  else await removeDomain(account, domain.domainId);
  const known = domain ?? (await findRemovedDomain(account, names.foundationName));
  if (known !== undefined) await removeLeftOvers(account, known);
  await removeStacks(account, names.stackNames);
  account.tell(
    'Kept: the buckets with their objects, the keys, the logs and the repositories. Whoever removes a key removes what it sealed.',
  );
}
