import type { Model } from '../../graph/model.ts';
import type { Resource } from '../../graph/resource.ts';
import { foreignEndpoint, fromInternet } from '../../graph/through-endpoint.ts';
import type { Asked } from '../../policies/ask.ts';
import { policiesOf } from '../../policies/policies-of.ts';
import { checkRefused } from '../check-access.ts';
import type { Finding } from '../question.ts';
import { worstCaller } from './worst-caller.ts';

const ways = [
  { context: fromInternet, english: 'from the internet', korean: '인터넷에서' },
  { context: foreignEndpoint, english: 'from another network', korean: '다른 네트워크에서' },
] as const;

/**
 * Whoever has full access, and each execution role: neither may read past the endpoints, whatever
 * their own policies say.
 */
export function checkOutside(model: Model, bucket: Resource): readonly Finding[] {
  const { objectArn, ...colleague } = worstCaller(model, bucket);
  const asking: readonly Pick<Asked, 'identity' | 'principal' | 'context'>[] = [
    colleague,
    ...model.identities
      .filter(({ isExecutionRole }) => isExecutionRole)
      .map((identity) => ({ identity })),
  ];
  return asking.flatMap((who) =>
    ways.map(({ context, english, korean }) =>
      checkRefused(
        model,
        {
          ...who,
          ...{
            action: 's3:GetObject',
            resourceArn: objectArn,
            context: { ...who.context, ...context },
          },
          resourcePolicies: policiesOf(model, bucket),
        },
        {
          at: bucket,
          says: {
            english: `Objects may be read ${english}`,
            korean: `${korean} 객체를 읽을 수 있습니다`,
          },
        },
      ),
    ),
  );
}
