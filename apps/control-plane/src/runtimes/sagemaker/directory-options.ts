import type { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { ActAsPerson } from './act-as-person.ts';
import type { DeployedDomain } from './deployed-domain.ts';

export interface DirectoryOptions {
  /** With the portal's own rights: what is there is listed, described and ended with it. */
  readonly client: SageMakerClient;
  readonly domain: DeployedDomain;
  /** What is made or changed is so by the person whose it is. */
  readonly actAs: ActAsPerson;
}
