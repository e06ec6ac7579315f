import { readFile } from 'node:fs/promises';

/** Mount points at and under a folder, the latest mounted first (proc(5), `/proc/<pid>/mountinfo`). */
export async function mountPointsUnder(folder: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => unescapeField(line.split(' ')[4] ?? ''))
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
    .reverse();
}

/** Space, tab, line feed and backslash are written in octal. */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
