import {
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { askAws } from '../aws/ask-aws.ts';
import type { AwsAccount } from './aws-account.ts';
import { findStack } from './find-stack.ts';
import { TeardownStuckError, waitUntilGone } from './wait-until-gone.ts';

/** In this order, each when the one before is gone: a stack whose exports are used does not go. */
export async function removeStacks(
  account: AwsAccount,
  stackNames: readonly string[],
): Promise<void> {
  for (const stackName of stackNames) await removeStack(account, stackName);
}

async function removeStack(account: AwsAccount, StackName: string): Promise<void> {
  const { cloudFormation, tell } = account;
  const stack = await findStack(account, StackName);
  if (stack === undefined) return;
  tell(`Removing the stack ${StackName}`);
  if (stack.StackStatus !== 'DELETE_IN_PROGRESS') {
    await askAws(`take the protection off "${StackName}"`, () =>
      cloudFormation.send(
        new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }),
      ),
    );
    await askAws(`remove the stack "${StackName}"`, () =>
      cloudFormation.send(new DeleteStackCommand({ StackName })),
    );
  }
  await waitUntilGone(account, `the stack ${StackName}`, async () => {
    const left = await findStack(account, StackName);
    if (left === undefined || left.StackStatus === 'DELETE_COMPLETE') return [];
    if (left.StackStatus === 'DELETE_FAILED') {
      throw new TeardownStuckError(
        `Cannot remove the stack "${StackName}": ${left.StackStatusReason ?? 'no reason was given'}; repeat the command when that is mended`,
      );
    }
    return [StackName];
  });
}
