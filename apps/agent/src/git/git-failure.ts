import { AgentError, type AgentErrorCode } from '../http/agent-error.ts';
import { isProgressLine } from './progress.ts';
import type { GitResult } from './run-git.ts';

const maximumMessageCharacters = 2_000;

/** Git has one exit code for all of these; it is run with its English messages. First match counts. */
const meanings: readonly (readonly [AgentErrorCode, RegExp])[] = [
  ['DiskFull', /No space left on device|Disk quota exceeded/],
  ['IdentityMissing', /Please tell me who you are|empty ident name|unable to auto-detect email/],
  ['WouldOverwrite', /would be (?:overwritten|removed) by|would lose untracked files/],
  ['WouldOverwrite', /already exists, no checkout|Please commit your changes or stash them/],
  ['Conflicts', /\bunmerged\b|^CONFLICT|you need to resolve your current index first/im],
  ['Conflicts', /You have not concluded your (?:merge|cherry-pick)|needs merge/],
  ['NothingToCommit', /nothing (?:added )?to commit|no changes added to commit|nothing to amend/],
  ['BranchNotMerged', /is not fully merged/],
  ['BranchExists', /a branch named .* already exists|cannot lock ref .*: reference already exists/],
  ['NotFastForward', /\((?:non-fast-forward|fetch first|stale info)\)|\[rejected\]/],
  ['AuthenticationFailed', /Authentication failed|could not read (?:Username|Password)/],
  ['AuthenticationFailed', /Permission denied \(|terminal prompts disabled|returned error: 401/],
  ['RemoteUnreachable', /Could not resolve (?:host|proxy)|Failed to connect|Couldn't connect/i],
  ['RemoteUnreachable', /Connection (?:refused|timed out|reset)|No route to host/],
  ['RemoteUnreachable', /from proxy after CONNECT|CONNECT tunnel failed/],
  [
    'RemoteUnreachable',
    /SSL certificate problem|server certificate verification failed|TLS|timed out/,
  ],
  [
    'RemoteUnreachable',
    /Host key verification failed|Could not resolve hostname|hung up unexpectedly/,
  ],
  ['UrlRefused', /transport '.*' not allowed|protocol '.*' is not supported/],
  ['RemoteRefused', /\[remote rejected\]|pre-receive hook declined|returned error: 4\d\d/],
  ['RemoteRefused', /repository '.*' not found|Repository not found|does not appear to be a git/],
  ['RemoteRefused', /^remote: .*(?:denied|error|refused)/im],
  ['RemoteUnreachable', /returned error: 5\d\d|early EOF|unexpected disconnect|RPC failed/],
];
const lockPattern = /Unable to create '(?<path>.+?)': File exists|cannot lock ref .*File exists/;

/** What a git that failed means to the person. */
export function gitFailure(
  result: Pick<GitResult, 'errorText' | 'output' | 'exitCode'>,
  action: string,
): AgentError {
  const text = redact(`${result.errorText}\n${result.output.subarray(0, 16_384).toString('utf8')}`);
  const lock = lockPattern.exec(text);
  if (lock !== null) return locked(lock.groups?.path, action);
  const [code] = meanings.find(([, pattern]) => pattern.test(text)) ?? ['GitFailed' as const];
  const message =
    code === 'RemoteRefused' ? remotesWords(text) || messageOf(text) : messageOf(text);
  return new AgentError(code, message || `Git could not ${action}`);
}

/** Why the remote refused, without what git says around it. */
function remotesWords(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.startsWith('remote: '));
  return messageOf(lines.join('\n'));
}

function locked(path: string | undefined, action: string): AgentError {
  const name = path === undefined ? 'a lock file' : `".git/${path.split('/').at(-1)}"`;
  return new AgentError(
    'GitFailed',
    `Cannot ${action}: another Git command is running in this repository, or one was ended before it could remove ${name}. If none is running, delete that file`,
  );
}

/** Git's own lines without its marks, hints and progress. */
function messageOf(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^hint:|^Cloning into|^warning: /.test(line))
    .filter((line) => !isProgressLine(line))
    .map((line) => line.replace(/^(?:error|fatal|remote): /, ''));
  return [...new Set(lines)].join('\n').slice(0, maximumMessageCharacters);
}

/** A URL's user and password, also where the remote's own text repeats them. */
export function redact(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s'"]*@/gi, '$1');
}
