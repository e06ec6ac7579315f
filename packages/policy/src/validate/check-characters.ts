import { joinPath } from '../document/copy-bounded.ts';
import type { PolicyKind } from '../policy-document.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import { isObject } from './json-values.ts';
import { findLookAlike, type LookAlike } from './look-alikes.ts';
import type { DocumentReading } from './statement-reading.ts';

/** Kinds whose text IAM takes only in Latin-1 (IAM User Guide, "IAM and AWS STS quotas"). */
const latinKinds: readonly PolicyKind[] = ['identity', 'boundary', 'session'];
const beyondLatin = /[^\t\n\r\u0020-\u00FF]/u;
/** A word that mixes Latin letters with others. */
const asciiLetter = /[A-Za-z]/;

/** Characters that are not what they look like, or that IAM does not take. */
export function* checkCharacters({ document, kind }: DocumentReading): Iterable<Finding> {
  for (const { path, text, free } of textsIn(document, '', 'elements')) {
    const lookAlike = findLookAlike(text);
    if (lookAlike !== undefined && (!free || misleads(text, lookAlike))) {
      yield free
        ? warning('LookAlikeCharacters', path, lookAlikeWording(text, lookAlike))
        : error('LookAlikeCharacters', path, lookAlikeWording(text, lookAlike));
    } else if (latinKinds.includes(kind) && beyondLatin.test(text)) {
      yield warning('CharacterNotAllowed', path, {
        message: `Write ${quote(text)} in ASCII letters: IAM refuses policies with other scripts`,
        korean: `${quote(text)} 값을 ASCII 글자로 쓰세요. IAM은 다른 문자가 든 정책을 거부합니다`,
      });
    }
  }
}

/** In free text other scripts are welcome; a foreign letter inside a Latin word is not. */
function misleads(text: string, { character, ascii }: LookAlike): boolean {
  if (ascii === '') return true;
  if (!asciiLetter.test(ascii)) return false;
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => word.includes(character) && asciiLetter.test(word));
}

function lookAlikeWording(text: string, { character, ascii, codePoint }: LookAlike): Wording {
  if (ascii === '') {
    return {
      message: `Remove the invisible character ${codePoint} from ${quote(text)}`,
      korean: `${quote(text)} 값에서 보이지 않는 글자 ${codePoint}를 지우세요`,
    };
  }
  return {
    message: `Replace "${character}" (${codePoint}) with "${ascii}" in ${quote(text)}: it only looks like it`,
    korean: `${quote(text)} 값의 "${character}"(${codePoint}) 글자를 "${ascii}" 글자로 바꾸세요. 모양만 같습니다`,
  };
}

interface PlacedText {
  readonly path: string;
  readonly text: string;
  /** True for text that people choose: values of conditions, names of statements. */
  readonly free: boolean;
}

type Place = 'elements' | 'operators' | 'keys' | 'values';

function* textsIn(value: unknown, path: string, place: Place): Iterable<PlacedText> {
  if (typeof value === 'string') yield { path, text: value, free: place === 'values' };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, `${path}[${index}]`, place);
  }
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const itemPath = joinPath(path, key);
    yield { path: itemPath, text: key, free: false };
    yield* textsIn(item, itemPath, placeInside(place, key));
  }
}

function placeInside(place: Place, key: string): Place {
  switch (place) {
    case 'elements':
      if (key === 'Condition') return 'operators';
      return key === 'Sid' || key === 'Id' ? 'values' : 'elements';
    case 'operators':
      return 'keys';
    case 'keys':
    case 'values':
      return 'values';
  }
}
