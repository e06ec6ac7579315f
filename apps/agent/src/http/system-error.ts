import { AgentError, type AgentErrorCode } from './agent-error.ts';

const diskFullMessage =
  'The disk is full. Nothing was changed. Delete files you no longer need, empty the trash, and try again';

/** What each error of the file system means to a person; `subject` is the path they asked for. */
const meanings: Readonly<Record<string, readonly [AgentErrorCode, (subject: string) => string]>> = {
  ENOENT: ['NotFound', (subject) => `No such file or folder: "${subject}"`],
  ENOTDIR: ['NotFound', (subject) => `No such file or folder: "${subject}"`],
  EACCES: ['Refused', (subject) => `Permission denied: "${subject}"`],
  EPERM: ['Refused', (subject) => `Not permitted: "${subject}"`],
  EROFS: ['Refused', (subject) => `Cannot write "${subject}": the file system is read-only`],
  ELOOP: ['NotFound', (subject) => `"${subject}" is a link that leads back to itself`],
  ENAMETOOLONG: ['InvalidPath', () => 'The name is too long: at most 255 bytes for one name'],
  EILSEQ: ['InvalidPath', (subject) => `The file system cannot store the name "${subject}"`],
  EEXIST: ['Conflict', (subject) => `"${subject}" exists already`],
  ENOTEMPTY: ['Conflict', (subject) => `The folder "${subject}" is not empty`],
  EISDIR: ['InvalidRequest', (subject) => `"${subject}" is a folder, not a file`],
  ENXIO: ['Refused', (subject) => `"${subject}" is not a regular file`],
  ETXTBSY: ['Conflict', (subject) => `"${subject}" is a program that is running`],
  EMFILE: ['Unavailable', () => 'Too many files are open. Close some notebooks and try again'],
  ENFILE: ['Unavailable', () => 'Too many files are open. Close some notebooks and try again'],
  EIO: ['Unavailable', (subject) => `"${subject}" is damaged on the disk and cannot be read`],
  ENOTCONN: ['Unavailable', () => 'The home cannot be reached. Save elsewhere and launch again'],
  ENOSPC: ['DiskFull', () => diskFullMessage],
  EDQUOT: [
    'DiskFull',
    () => diskFullMessage.replace('The disk is full', 'The disk is full (quota reached)'),
  ],
  EFBIG: ['TooLarge', (subject) => `"${subject}" would be larger than the limit for one file`],
};

export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : undefined;
}

/** The same failure in words for a person, or the error itself where it is none of the file system's. */
export function explainSystemError(error: unknown, subject: string): unknown {
  const meaning = meanings[systemErrorCode(error) ?? ''];
  if (meaning === undefined) return error;
  const [code, describe] = meaning;
  return new AgentError(code, describe(subject), { cause: error });
}
