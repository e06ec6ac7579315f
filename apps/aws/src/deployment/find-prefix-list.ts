import { DescribeManagedPrefixListsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { askAws } from '../aws/ask-aws.ts';

/** AWS's own list of the addresses of S3 in a region; no endpoint is reached without it. */
export async function findPrefixList(
  ec2: Pick<EC2Client, 'send'>,
  region: string,
): Promise<string> {
  const name = `com.amazonaws.${region}.s3`;
  const { PrefixLists = [] } = await askAws(`find the prefix list "${name}"`, () =>
    ec2.send(
      new DescribeManagedPrefixListsCommand({
        Filters: [{ Name: 'prefix-list-name', Values: [name] }],
      }),
    ),
  );
  const id = PrefixLists[0]?.PrefixListId;
  if (id === undefined) {
    throw new RangeError(
      `Cannot find the prefix list "${name}": write its id under aws.network.s3PrefixList`,
    );
  }
  return id;
}
