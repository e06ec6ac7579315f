import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { failed, type Probe, passed } from '../probe.ts';

/** Everything else would be told of another account. */
export const account: Probe = {
  name: 'account',
  question: 'The credentials are of the account that the domain file names',
  async look({ clients, deployment }) {
    const { accountId } = deployment.domain.domain;
    const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
    if (Account === accountId) return [passed(`The account is ${accountId}`)];
    return [failed(`The account is ${Account}, and the domain file says ${accountId}`)];
  },
};
