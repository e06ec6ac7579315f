import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';

/** The tag of a session that only whoever may act as people sets: which service acts for the person. */
export const calledViaTag = 'strongroom-called-via';

const ownPrefix = 'strongroom:';
const ownArn = 'arn:aws:strongroom:';

/**
 * A rendered document as AWS can hold it, changed in three named ways and in no other:
 *
 * 1. the domain's id is the one that AWS gave;
 * 2. what AWS has no word for (`strongroom:` actions and resources) is left out: the portal decides it;
 * 3. `aws:CalledVia`, which on AWS only AWS's own services set, is a session tag that only the portal sets.
 *
 * `undefined` where nothing is left of it.
 */
export function asAwsHoldsIt(
  document: PolicyDocument,
  ids: { readonly rendered: string; readonly onAws: string },
): PolicyDocument | undefined {
  const statements = [document.Statement].flat().flatMap((statement) => {
    const known = withKnownWords(statement);
    return known === undefined ? [] : [withSessionTag(known)];
  });
  if (statements.length === 0) return undefined;
  return withDomainId({ ...document, Statement: statements }, ids);
}

function withKnownWords(statement: PolicyStatement): PolicyStatement | undefined {
  const kept: Record<string, unknown> = { ...statement };
  for (const element of ['Action', 'Resource', 'NotAction', 'NotResource'] as const) {
    const written = statement[element];
    if (written === undefined) continue;
    const words = [written].flat().filter((word) => !isOwnWord(word));
    if (words.length > 0) kept[element] = Array.isArray(written) ? words : words[0];
    // Without an action or a resource a statement says nothing.
    else if (!element.startsWith('Not')) return undefined;
    // A denial of all but what AWS has no word for is one of all; nothing is allowed that way.
    else if (statement.Effect === 'Allow') return undefined;
    else {
      delete kept[element];
      kept[element.slice('Not'.length)] = '*';
    }
  }
  return kept as unknown as PolicyStatement;
}

function isOwnWord(word: string): boolean {
  return word.startsWith(ownPrefix) || word.startsWith(ownArn);
}

/** `ForAllValues` and `ForAnyValue` are for keys of many values; a tag has one, or is not there. */
function withSessionTag(statement: PolicyStatement): PolicyStatement {
  const { Condition: condition } = statement;
  if (condition === undefined) return statement;
  const renamed = Object.entries(condition).map(([operator, keys]) => {
    const service = Object.entries(keys).find(([key]) => key === 'aws:CalledVia');
    if (service === undefined) return [operator, keys] as const;
    const plain = operator.replace(/^For(?:All|Any)Values?:/, '');
    return [plain, { [`aws:PrincipalTag/${calledViaTag}`]: service[1] }] as const;
  });
  return { ...statement, Condition: Object.fromEntries(renamed) };
}

function withDomainId<Value>(value: Value, ids: { rendered: string; onAws: string }): Value {
  if (typeof value === 'string') return value.replaceAll(ids.rendered, ids.onAws) as Value;
  if (Array.isArray(value)) return value.map((item) => withDomainId(item, ids)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withDomainId(item, ids)]),
  ) as Value;
}
