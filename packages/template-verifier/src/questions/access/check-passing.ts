import type { Caller } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { at } from '../../graph/resource.ts';
import { checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';

/** Another person's role, a role that nobody here knows, and one's own to another service. */
export function checkPassing(model: Model, { identity, person, context }: Caller): Finding[] {
  const { accountId, partition } = model.resources.surroundings;
  const own = at(person.profile, 'UserSettings.ExecutionRole');
  const others = model.identities.filter(
    ({ isExecutionRole, resource }) => isExecutionRole && resource.arn !== own,
  );
  const [other] = others;
  const targets = [
    { role: other?.resource.arn, service: 'sagemaker.amazonaws.com' },
    {
      role: `arn:${partition}:iam::${accountId}:role/administrator`,
      service: 'sagemaker.amazonaws.com',
    },
    { role: typeof own === 'string' ? own : undefined, service: 'lambda.amazonaws.com' },
  ];
  return targets.flatMap(({ role, service }) =>
    role === undefined
      ? []
      : checkRefused(
          model,
          {
            ...{ identity, action: 'iam:PassRole', resourceArn: role },
            context: { ...context, 'iam:PassedToService': service },
          },
          {
            at: identity.resource,
            says: {
              english: `"${identity.resource.logicalId}" may pass "${role}" to ${service}`,
              korean: `"${identity.resource.logicalId}"(으)로 "${role}" 역할을 ${service}에 전달할 수 있습니다`,
            },
          },
        ),
  );
}
