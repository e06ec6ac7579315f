import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Domain } from '@strongroom/domain';
import { askAws, clientSettings } from './ask-aws.ts';

type AccountRefusalCode = 'AccountNotReal' | 'OtherAccount';

/** The credentials are not of the account that the domain file names. */
class AccountRefusal extends Error {
  override readonly name = 'AccountRefusal';
  readonly code: AccountRefusalCode;

  constructor(code: AccountRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a first start writes; on one machine any account will do. */
const accountOfFirstStart = '000000000000';

/** @throws {AccountRefusal} before anything is sent anywhere else */
export async function requireAccount(
  { domain }: Pick<Domain, 'domain'>,
  sts: Pick<STSClient, 'send'> = new STSClient({ ...clientSettings, region: domain.region }),
): Promise<void> {
  const { accountId } = domain;
  if (accountId === accountOfFirstStart) {
    throw new AccountRefusal(
      'AccountNotReal',
      `Cannot use the account "${accountId}": it stands for none; write your account's number under domain.accountId`,
    );
  }
  const { Account } = await askAws('ask AWS whose credentials these are', () =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  if (Account === accountId) return;
  throw new AccountRefusal(
    'OtherAccount',
    `Cannot act in the account "${accountId}": the credentials are of ${Account}`,
  );
}
