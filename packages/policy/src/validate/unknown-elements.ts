import { joinPath } from '../document/copy-bounded.ts';
import { error, type Finding, quote } from './finding.ts';
import type { JsonObject } from './json-values.ts';
import { foldLookAlikes } from './look-alikes.ts';
import { nearestWord } from './nearest-word.ts';

/** Elements that the policy language does not have where they stand. */
export function* unknownElements(
  object: JsonObject,
  known: readonly string[],
  path: string,
): Iterable<Finding> {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    // Two words for it: a look-alike has its own finding, which names the character.
    if (known.includes(foldLookAlikes(name))) continue;
    const meant = nearestWord(name, known);
    yield error('UnknownElement', joinPath(path, name), {
      message: meant
        ? `Replace ${quote(name)} with "${meant}": the policy language has no such element`
        : `Remove ${quote(name)}: the policy language has no such element here`,
      korean: meant
        ? `${quote(name)} 요소를 "${meant}" 요소로 바꾸세요. 정책 언어에 그런 요소는 없습니다`
        : `${quote(name)} 요소를 지우세요. 정책 언어에서 이 자리에 그런 요소는 없습니다`,
    });
  }
}
