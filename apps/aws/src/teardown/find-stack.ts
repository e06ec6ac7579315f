import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { askAws, isAbsent } from '../aws/ask-aws.ts';
import type { AwsAccount } from './aws-account.ts';

/** `undefined` where there is none (any more). */
export async function findStack(
  { cloudFormation }: Pick<AwsAccount, 'cloudFormation'>,
  StackName: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await askAws(`look at the stack "${StackName}"`, () =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
    );
    return Stacks[0];
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
