import type { ServiceVocabulary } from '../vocabulary/vocabulary.ts';
import {
  oneCharacter,
  type Pattern,
  type PatternToken,
  patternsOverlap,
} from './patterns-overlap.ts';
import { widenVariables } from './policy-variables.ts';

/** A resource as a policy writes it: `*` and `?` are wildcards, a variable may become anything. */
function resourcePattern(written: string): Pattern {
  return [...widenVariables(written)].map((character): PatternToken => {
    if (character === '*') return { except: '' };
    return character === '?' ? oneCharacter : character;
  });
}

/** Parts of an ARN form whose values have no slash or colon; the others may hold a path. */
const narrowParts: Readonly<Record<string, string>> = {
  Partition: ':/',
  Region: ':/',
  Account: ':/',
  BucketName: ':/',
};
/** `${Name}`, `*`, or `{Name}` by a slip in the data. */
const formToken = /\$?\{([^}]*)\}|[\s\S]/g;

/** The form of a resource type, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
function formPattern(form: string): Pattern {
  return [...form.matchAll(formToken)].map(([text, name]): PatternToken => {
    if (name !== undefined) return { except: narrowParts[name] ?? '' };
    return text === '*' ? { except: '' } : text;
  });
}

/** The forms, of those given, that at least one of the resources may be of. */
export function formsReached(
  resources: readonly string[],
  forms: ReadonlySet<string>,
): ReadonlySet<string> {
  const patterns = resources.map(resourcePattern);
  return new Set(
    [...forms].filter((form) => {
      const wanted = formPattern(form);
      return patterns.some((pattern) => patternsOverlap(pattern, wanted));
    }),
  );
}

/** All forms of what a service's actions act on. */
export function formsOfService(service: ServiceVocabulary): ReadonlySet<string> {
  return new Set([...service.actions.values()].flatMap(({ resourceArns }) => resourceArns));
}
