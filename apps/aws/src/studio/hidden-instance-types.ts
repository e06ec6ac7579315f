import { AppInstanceType } from '@aws-sdk/client-sagemaker';
import type { Domain } from '@strongroom/domain';

/** In SageMaker's API and not yet in CloudFormation's schema of a domain. */
const unknownTypes = /^ml\.g7\./;

/** Out of sight in Studio; what keeps them from being started is the cap on instance types. */
export function hiddenInstanceTypes({ instanceTypes }: Domain): string[] {
  const offered = new Set(instanceTypes.map(({ instanceType }) => instanceType));
  return Object.values(AppInstanceType)
    .filter((type) => type !== 'system' && !offered.has(type) && !unknownTypes.test(type))
    .sort();
}
