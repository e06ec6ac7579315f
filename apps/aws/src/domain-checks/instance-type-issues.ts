import { AppInstanceType } from '@aws-sdk/client-sagemaker';
import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';

const known: readonly string[] = Object.values(AppInstanceType);

/** Types that SageMaker has no app on (SageMaker API Reference, "ResourceSpec"). */
export function instanceTypeIssues({ instanceTypes }: Domain): DomainFileIssue[] {
  return instanceTypes.flatMap(({ instanceType }, index) => {
    if (known.includes(instanceType)) return [];
    const path = ['instanceTypes', index, 'instanceType'];
    const family = instanceType.split('.').slice(0, 2).join('.');
    const siblings = known.filter((type) => type.startsWith(`${family}.`)).slice(0, 4);
    const examples = siblings.length > 0 ? siblings : ['ml.t3.medium', 'ml.m5.large'];
    const mend = `use one that it has, for example ${examples.join(', ')}`;
    return [cannotUse({ path, value: instanceType, mend, why: 'SageMaker runs no app on it' })];
  });
}
