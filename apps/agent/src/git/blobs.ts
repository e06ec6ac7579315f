import { nativePath } from '../contents/file-name.ts';
import type { Repository } from './repository.ts';
import type { Git } from './run-git.ts';

export const maximumVersionBytes = 20 * 1024 * 1024;

/** A file as git keeps it: 'missing' where it is not there, or is none. */
export type Blob = 'missing' | 'large' | Buffer;

/** What each revision (gitrevisions(7), `HEAD:path`) names; two calls of git for all of them. */
export async function readBlobs(
  git: Git,
  repository: Repository,
  revisions: readonly string[],
): Promise<Blob[]> {
  // Before 2.38 git has no -z here, and names with a newline are rare.
  const zero = revisions.some((revision) => revision.includes('\n'));
  const check = await git.demand('read the versions', {
    repository,
    isRead: true,
    parameters: ['cat-file', '--batch-check', ...(zero ? ['-z'] : [])],
    input: linesOf(revisions, zero),
  });
  const found = parseChecks(check, revisions);
  const wanted = found.filter((one) => one !== undefined && one.sizeBytes <= maximumVersionBytes);
  const contents = await readContents(git, repository, wanted as Found[]);
  return found.map((one) => {
    if (one === undefined) return 'missing';
    return contents.get(one.id) ?? 'large';
  });
}

interface Found {
  readonly id: string;
  readonly sizeBytes: number;
}

function parseChecks(output: Buffer, revisions: readonly string[]): (Found | undefined)[] {
  let start = 0;
  return revisions.map((revision) => {
    const missing = Buffer.concat([Buffer.from(nativePath(revision)), Buffer.from(' missing\n')]);
    if (output.subarray(start, start + missing.length).equals(missing)) {
      start += missing.length;
      return undefined;
    }
    const end = output.indexOf('\n', start);
    const line = output.subarray(start, end < 0 ? output.length : end).toString('utf8');
    start = end < 0 ? output.length : end + 1;
    const [, id, size] = /^([0-9a-f]{40}) blob (\d+)$/.exec(line) ?? [];
    return id === undefined ? undefined : { id, sizeBytes: Number(size) };
  });
}

async function readContents(
  git: Git,
  repository: Repository,
  wanted: readonly Found[],
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (wanted.length === 0) return contents;
  const output = await git.demand('read the versions', {
    repository,
    isRead: true,
    parameters: ['cat-file', '--batch'],
    input: linesOf(
      wanted.map(({ id }) => id),
      false,
    ),
  });
  let start = 0;
  for (const { id, sizeBytes } of wanted) {
    const begin = output.indexOf('\n', start) + 1;
    contents.set(id, output.subarray(begin, begin + sizeBytes));
    start = begin + sizeBytes + 1;
  }
  return contents;
}

function linesOf(revisions: readonly string[], zero: boolean): Buffer {
  const end = Buffer.from(zero ? '\0' : '\n');
  return Buffer.concat(revisions.flatMap((line) => [Buffer.from(nativePath(line)), end]));
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true });
const inspectedBytes = 8_000;

/** `undefined` where it is no text: a NUL early on, as git itself decides, or no UTF-8. */
export function textOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, inspectedBytes).includes(0)) return undefined;
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}
