import { SageMakerClient } from '@aws-sdk/client-sagemaker';

export interface SageMakerClientOptions {
  readonly region: string;
  /** In tests; else `AWS_ENDPOINT_URL_SAGEMAKER` or AWS's own name, as the SDK finds them. */
  readonly endpoint?: string;
  /** Of a person's session; else those of the environment. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maximumAttempts?: number;
}

/** About half a minute of waiting in all before throttling reaches a person. */
const maximumAttempts = 8;

/**
 * The SDK's own client with the credentials of the environment. "Adaptive" backs off with jitter and slows
 * the client down for as long as it is throttled (AWS SDKs and Tools Reference Guide, "Retry behavior").
 */
export function openSageMakerClient(options: SageMakerClientOptions): SageMakerClient {
  const { region, endpoint, credentials } = options;
  return new SageMakerClient({
    region,
    retryMode: 'adaptive',
    maxAttempts: options.maximumAttempts ?? maximumAttempts,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}
