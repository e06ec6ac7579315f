import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EFSClient } from '@aws-sdk/client-efs';
import type { SageMakerClient } from '@aws-sdk/client-sagemaker';

/** What a teardown asks AWS through, and how it waits. */
export interface AwsAccount {
  readonly cloudFormation: Pick<CloudFormationClient, 'send'>;
  readonly ec2: Pick<EC2Client, 'send'>;
  readonly efs: Pick<EFSClient, 'send'>;
  readonly sageMaker: Pick<SageMakerClient, 'send'>;
  /** Between two looks at what AWS is doing. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly tell: (line: string) => void;
}
