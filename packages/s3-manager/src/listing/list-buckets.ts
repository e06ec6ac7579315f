import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';

export interface BucketSummary {
  readonly name: string;
  readonly createdAt: Date | undefined;
}

/** All buckets that the credentials may see, by name, however many pages that takes. */
export async function listBuckets(
  { client }: S3Access,
  { signal }: OperationOptions,
): Promise<BucketSummary[]> {
  const buckets: BucketSummary[] = [];
  let ContinuationToken: string | undefined;
  try {
    do {
      const command = new ListBucketsCommand({ MaxBuckets: 1_000, ContinuationToken });
      const page = await client.send(command, sendOptions(signal));
      for (const { Name: name = '', CreationDate: createdAt } of page.Buckets ?? []) {
        buckets.push({ name, createdAt });
      }
      ContinuationToken = page.ContinuationToken;
    } while (ContinuationToken !== undefined && ContinuationToken !== '');
    return buckets;
  } catch (error) {
    throw explainError(error, 'list buckets');
  }
}
