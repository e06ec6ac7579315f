import { documentMentions, type PolicyBook } from './policy-book.ts';

const conditionKey = 's3:ExistingObjectTag/';
const keptPolicies = 200;

/**
 * Whether a decision may depend on the tags that an object has, which cost another read of it: where a
 * document of the domain or the policy that was set on the bucket speaks of them.
 */
export function createAsksForExistingTags(
  book: Pick<PolicyBook, 'mentions'>,
): (bucketPolicy: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  return (bucketPolicy) => {
    if (book.mentions(conditionKey)) return true;
    if (bucketPolicy === undefined) return false;
    const before = known.get(bucketPolicy);
    if (before !== undefined) return before;
    if (known.size >= keptPolicies) known.clear();
    const asks = documentMentions(JSON.parse(bucketPolicy), conditionKey);
    known.set(bucketPolicy, asks);
    return asks;
  };
}
