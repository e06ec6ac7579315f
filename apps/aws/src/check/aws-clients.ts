import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { STSClient } from '@aws-sdk/client-sts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly efs: EFSClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly sageMaker: SageMakerClient;
  readonly sts: STSClient;
  /** The same with a session's credentials. */
  as(credentials: Credentials): Pick<AwsClients, 'sageMaker'>;
  close(): void;
}

/** The SDK's own clients, with the credentials of whoever runs the check and adaptive retries. */
export function openAwsClients(options: {
  readonly region: string;
  /** In tests. */
  readonly endpoint?: string;
  readonly credentials?: Credentials;
}): AwsClients {
  const { region, endpoint, credentials } = options;
  const settings = {
    ...{ region, retryMode: 'adaptive', maxAttempts: 6 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const clients = {
    cloudFormation: new CloudFormationClient(settings),
    ec2: new EC2Client(settings),
    efs: new EFSClient(settings),
    kms: new KMSClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: endpoint !== undefined }),
    sageMaker: new SageMakerClient(settings),
    sts: new STSClient(settings),
  };
  return {
    ...clients,
    as: (session) => ({ sageMaker: new SageMakerClient({ ...settings, credentials: session }) }),
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
