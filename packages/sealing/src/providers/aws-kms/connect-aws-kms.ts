import type { KeyProvider } from '../../keys/key-provider.ts';

export interface AwsKmsOptions {
  readonly region: string;
  /** Default: AWS's own for the region. */
  readonly endpoint?: string;
  /** Default: the SDK's chain: environment, profile, instance role. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** The SDK is loaded only here: who has keys elsewhere does not wait for it at the start. */
export async function connectAwsKms({
  region,
  endpoint,
  credentials,
}: AwsKmsOptions): Promise<KeyProvider> {
  const [{ KMSClient }, { AwsKms }] = await Promise.all([
    import('@aws-sdk/client-kms'),
    import('./aws-kms.ts'),
  ]);
  const client = new KMSClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  return new AwsKms(client);
}
