import type { RepositoryCommit, RepositoryFile } from '@strongroom/contracts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { runGit } from '../git/run-git.ts';
import { parsePointer } from '../lfs/lfs-pointer.ts';
import type { Repository } from '../repository.ts';
import { commitFormat, splitCommit } from './commit-fields.ts';
import { requirePath, requireRevision, resolveCommit } from './revisions.ts';

const mebibyte = 1024 ** 2;
const maximumTextBytes = 2 * mebibyte;
const maximumImageBytes = 8 * mebibyte;
const maximumNotebookBytes = 20 * mebibyte;

/** Beyond the size that is asked for, the content is left out. */
const script = `${resolveCommit}
[ "$(git cat-file -t "$commit:$2" 2>/dev/null)" = blob ] || exit 44
git log -1 -z '${commitFormat}' "$commit" -- || exit
size=$(git cat-file -s "$commit:$2") || exit
printf '%s\\0' "$size"
[ "$size" -gt "$3" ] || git cat-file blob "$commit:$2"`;

export interface FilePlace {
  readonly revision?: string;
  readonly path: string;
}

export interface StoredFile {
  readonly commit: RepositoryCommit;
  readonly sizeBytes: number;
  /** `undefined`: it is larger than was asked for. */
  readonly content: Buffer | undefined;
}

/** @throws {StrongroomError} `RevisionNotFound` */
export async function readStoredFile(
  sandboxes: GitSandboxes,
  { repositoryId, defaultBranch }: Repository,
  { revision = defaultBranch, path }: FilePlace,
  maximumBytes: number,
): Promise<StoredFile> {
  const output = await runGit(sandboxes, {
    ...{ repositoryId, mode: 'read-only', script, maximumBytes: maximumBytes + mebibyte },
    arguments: [requireRevision(revision), requirePath(path), String(maximumBytes)],
  });
  const { commit, rest } = splitCommit(output);
  const end = rest.indexOf(0);
  const sizeBytes = Number(rest.toString('latin1', 0, end));
  const content = sizeBytes > maximumBytes ? undefined : rest.subarray(end + 1);
  return { commit, sizeBytes, content };
}

/** As a page shows it. @throws {StrongroomError} `RevisionNotFound` */
export async function readFile(
  sandboxes: GitSandboxes,
  repository: Repository,
  place: FilePlace,
): Promise<RepositoryFile> {
  const { path } = place;
  const limit = path.endsWith('.ipynb') ? maximumNotebookBytes : maximumImageBytes;
  const { commit, sizeBytes, content } = await readStoredFile(sandboxes, repository, place, limit);
  return { commit, path, sizeBytes, ...shownAs(path, content) };
}

function shownAs(path: string, content: Buffer | undefined): Pick<RepositoryFile, 'kind' | 'text'> {
  if (content === undefined) return { kind: 'large', text: null };
  if (parsePointer(content) !== undefined) return { kind: 'lfs', text: null };
  if (isImage(content)) return { kind: 'image', text: content.toString('base64') };
  const text = textOf(content);
  if (text === undefined) return { kind: 'binary', text: null };
  if (path.endsWith('.ipynb') && isNotebook(text)) return { kind: 'notebook', text };
  return content.length > maximumTextBytes ? { kind: 'large', text: null } : { kind: 'text', text };
}

/** By how it begins: PNG, JPEG, GIF, WebP. SVG is text: it may hold programs. */
function isImage(content: Buffer): boolean {
  const start = content.toString('latin1', 0, 12);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PNG begins with some on purpose
  return /^(?:\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF[\s\S]{4}WEBP)/.test(start);
}

function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

function isNotebook(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'cells' in parsed;
  } catch {
    return false;
  }
}
