import type { ChangedPath } from './changed-paths.ts';

const header = 'diff --git ';

/**
 * The hunks of each file. What a file holds begins with a space or a sign in a patch, so a line that
 * begins a file is one that Git wrote. A change of type is written as a deletion and an addition.
 */
export function splitPatches(
  text: string,
  { paths, isCut }: { readonly paths: readonly ChangedPath[]; readonly isCut: boolean },
): (string | undefined)[] {
  const sections = text.split(new RegExp(`^(?=${header})`, 'm')).filter(isSection);
  // Its end is missing.
  if (isCut) sections.pop();
  let at = 0;
  return paths.map(({ status }) => {
    const count = status === 'type-changed' ? 2 : 1;
    const own = sections.slice(at, at + count);
    at += count;
    if (own.length < count) return undefined;
    return own.map(hunksOf).join('');
  });
}

function isSection(section: string): boolean {
  return section.startsWith(header);
}

function hunksOf(section: string): string {
  const start = section.search(/^@@ /m);
  return start === -1 ? '' : section.slice(start);
}
