import {
  DescribeDomainCommand,
  type DescribeDomainResponse,
  ListDomainsCommand,
} from '@aws-sdk/client-sagemaker';
import { askAws } from '../aws/ask-aws.ts';
import type { AwsAccount } from './aws-account.ts';
import { findStack } from './find-stack.ts';

export interface FoundDomain {
  readonly domainId: string;
  readonly vpcId: string | undefined;
}

/** By its name, because an earlier run may have removed the stack that knew its id. */
export async function findDomain(
  { sageMaker }: Pick<AwsAccount, 'sageMaker'>,
  domainName: string,
): Promise<FoundDomain | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await askAws('list the SageMaker domains', () =>
      sageMaker.send(new ListDomainsCommand(NextToken === undefined ? {} : { NextToken })),
    );
    const found = page.Domains?.find((domain) => domain.DomainName === domainName);
    if (found?.DomainId !== undefined) return describe(sageMaker, found.DomainId);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

async function describe(
  sageMaker: AwsAccount['sageMaker'],
  DomainId: string,
): Promise<FoundDomain> {
  const domain: DescribeDomainResponse = await askAws(`look at the domain "${DomainId}"`, () =>
    sageMaker.send(new DescribeDomainCommand({ DomainId })),
  );
  return { domainId: DomainId, vpcId: domain.VpcId };
}

/** Of a domain that an earlier run removed: its stack still knows what it was and where. */
export async function findRemovedDomain(
  account: AwsAccount,
  foundationName: string,
): Promise<FoundDomain | undefined> {
  const stack = await findStack(account, foundationName);
  const output = (name: string) =>
    stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  const domainId = output('DomainId');
  return domainId === undefined ? undefined : { domainId, vpcId: output('VpcId') };
}
