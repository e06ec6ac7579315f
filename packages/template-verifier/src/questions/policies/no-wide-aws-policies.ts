import { at, itemsOf, type Resource } from '../../graph/resource.ts';
import { awsManagedPolicyName } from '../../policies/aws-managed-policies.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, holds, outcome, undecided } from '../judge.ts';
import type { Finding, Question } from '../question.ts';

export const noWideAwsPolicies: Question = {
  id: 'no-wide-aws-policies',
  group: 'policies',
  title: {
    english: 'Nobody has one of AWS’s own wide policies',
    korean: 'AWS의 광범위한 관리형 정책을 연결하지 않았습니다',
  },
  why: {
    english:
      'AmazonSageMakerFullAccess and its like reach every bucket named "sagemaker" and every studio.',
    korean:
      'AmazonSageMakerFullAccess 같은 정책은 이름에 "sagemaker"가 들어간 모든 버킷과 모든 스튜디오에 접근할 수 있습니다.',
  },
  reference: 'AWS Managed Policy Reference Guide',
  ask: ({ identities }) =>
    outcome(
      identities
        .filter(({ kind }) => kind !== 'unattached-policy')
        .flatMap(({ resource }) => [holds(resource), ...managedIn(resource)]),
    ),
};

const wide =
  /^(?:job-function\/)?(?:AdministratorAccess|PowerUserAccess|SystemAdministrator|.*FullAccess)/;

function managedIn(resource: Resource): readonly Finding[] {
  const path =
    resource.type === 'AWS::SSO::PermissionSet' ? 'ManagedPolicies' : 'ManagedPolicyArns';
  return itemsOf(at(resource, path)).map((arn, index) => {
    if (isUnknown(arn)) return undecided(resource, `${path}.${index}`, arn);
    const name = awsManagedPolicyName(String(arn));
    if (name === undefined || !wide.test(name)) return holds(resource, `${path}.${index}`);
    return broken(resource, `${path}.${index}`, {
      english: `"${name}" is attached`,
      korean: `"${name}" 정책이 연결되어 있습니다`,
    });
  });
}
