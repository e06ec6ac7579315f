import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { keyPrefix } from './find-key.ts';
import { nearestWord } from './nearest-word.ts';

const varyingPart = `\${name}`;

/** The condition key that was most likely meant, with the tag's name that was written. */
export function nearestKey(vocabulary: Vocabulary, written: string): string | undefined {
  const candidates = keysNear(vocabulary, written);
  const whole = nearestWord(
    written,
    candidates.filter((name) => !name.includes(varyingPart)),
  );
  const [head, tail] = splitAtSlash(written);
  const tagKeys = candidates.filter((name) => name.endsWith(`/${varyingPart}`));
  const tagHead = nearestWord(
    head,
    tagKeys.map((name) => splitAtSlash(name)[0]),
  );
  if (tagHead === undefined) return whole;
  if (tail === undefined) return whole ?? `${tagHead}/tag-key`;
  return `${tagHead}/${tail}`;
}

/** Keys with the same prefix; all that are loaded when the prefix itself is misspelt. */
function keysNear({ globalKeys, services }: Vocabulary, written: string): string[] {
  const prefix = keyPrefix(written);
  const all = [globalKeys, ...[...services.values()].map((service) => service.conditionKeys)];
  const names = all.flatMap((keys) => keys.all.map(({ name }) => name));
  const same = names.filter((name) => keyPrefix(name) === prefix);
  return same.length > 0 ? same : names;
}

function splitAtSlash(name: string): [string, string | undefined] {
  const slash = name.indexOf('/');
  return slash < 0 ? [name, undefined] : [name.slice(0, slash), name.slice(slash + 1)];
}
