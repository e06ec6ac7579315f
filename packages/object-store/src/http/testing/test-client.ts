import { S3Client } from '@aws-sdk/client-s3';
import type { TestService } from './test-service.ts';
import { alice, region } from './test-service.ts';

/** The AWS SDK for JavaScript, as programs have it. */
export function createTestClient(
  { endpoint }: Pick<TestService, 'endpoint'>,
  credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  } = alice,
): S3Client {
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
}

/** The code that S3 answers with; `undefined` where it is no failure. */
export async function codeOf(answer: Promise<unknown>): Promise<string | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
