import type { Wording } from './finding.ts';

/** For an element and its negation in one statement. */
export function bothWording(element: 'Action' | 'Resource' | 'Principal'): Wording {
  return {
    message: `Remove "${element}" or "Not${element}": a statement has one of the two`,
    korean: `"${element}" 또는 "Not${element}" 중 하나를 지우세요. 문에는 하나만 쓸 수 있습니다`,
  };
}
