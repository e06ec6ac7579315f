import { type Job, type JobDefinition, StrongroomError } from '@strongroom/contracts';

/** Where a job's output notebook goes. */
export interface OutputPlace {
  /** In the home, where the agent writes it. */
  readonly homePath: string;
  /** Where it is put from there. */
  readonly object: { readonly bucket: string; readonly key: string } | undefined;
}

/** Of those whose output goes to a bucket: a copy stays there. */
const copiesFolder = 'job-outputs';
/** A file's name has 255 bytes at most; the time and the id follow. */
const longestNameBytes = 180;

/**
 * One that no other job has and nothing else is likely to: whatever was there before, stays.
 */
export function outputPlace({
  jobId,
  createdAt,
  definition,
}: Pick<Job, 'jobId' | 'createdAt' | 'definition'>): OutputPlace {
  const time = createdAt.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const fileName = `${fileNameOf(definition.name)}-${time}-${jobId.slice(0, 8)}.ipynb`;
  const { output } = definition;
  if (output.kind === 'home') {
    const { folder } = output;
    return { homePath: folder === '' ? fileName : `${folder}/${fileName}`, object: undefined };
  }
  const { bucket, prefix } = output;
  const separator = prefix === '' || prefix.endsWith('/') ? '' : '/';
  const key = `${prefix}${separator}${fileName}`;
  return { homePath: `${copiesFolder}/${fileName}`, object: { bucket, key } };
}

/** @throws {StrongroomError} `InvalidRequest` where a path is not one of a home */
export function requireHomePaths({ notebookPath, output }: JobDefinition): void {
  requireHomePath(notebookPath, 'notebookPath');
  if (output.kind === 'home' && output.folder !== '') requireHomePath(output.folder, 'folder');
}

function requireHomePath(path: string, field: string): void {
  const isUsable =
    !path.includes('\0') && path.split('/').every((part) => !['', '.', '..'].includes(part));
  if (isUsable) return;
  throw new StrongroomError('InvalidRequest', `Cannot use "${path}": it is no path of the home`, {
    values: { field },
  });
}

function fileNameOf(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them belongs into a file's name
  const plain = name.replaceAll(/[/\\:*?"<>|\u0000-\u001f\u007f]/g, '-').replace(/^\.+/, '');
  let cut = plain;
  while (Buffer.byteLength(cut) > longestNameBytes) cut = [...cut].slice(0, -1).join('');
  return cut.trim() === '' ? 'job' : cut.trim();
}
