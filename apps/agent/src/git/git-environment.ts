import type { GitRun } from './run-git.ts';

/**
 * Given with `-c`, which nothing in a configuration file overrides. A repository's own configuration
 * is never read at all (see common-folder.ts); these also keep the person's own from changing what
 * is parsed here, and from running what no panel can answer.
 */
export const neutralSettings: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.sshCommand=ssh -o BatchMode=yes',
  'core.pager=cat',
  'core.editor=false',
  'core.askPass=',
  'core.quotePath=true',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
  'diff.ignoreSubmodules=dirty',
  'color.ui=false',
  'log.showSignature=false',
  'log.follow=false',
  'i18n.logOutputEncoding=UTF-8',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'push.recurseSubmodules=no',
  'rerere.enabled=false',
  'merge.autoStash=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'commit.status=false',
  // Nobody is made up from the name of the machine.
  'user.useConfigOnly=true',
  'advice.detachedHead=false',
];

/** Of git's own variables these may come from outside: the platform's, not a repository's. */
const inheritedGitVariables = new Set(['GIT_SSL_CAINFO', 'GIT_CONFIG_SYSTEM']);
/** Programs that git would start, and what would translate the messages that are read here. */
const refusedVariables =
  /^(?:GIT_.*|SSH_ASKPASS.*|EDITOR|VISUAL|PAGER|LESS|LANGUAGE|LANG|LC_.*|GCM_.*)$/;

export function gitEnvironment(
  inherited: Readonly<Record<string, string>>,
  run: Pick<GitRun, 'repository' | 'isRead'>,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    ([name]) => inheritedGitVariables.has(name) || !refusedVariables.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C.UTF-8',
    GIT_TERMINAL_PROMPT: '0',
    // Stronger than `protocol.*`: also for what git starts by itself.
    GIT_ALLOW_PROTOCOL: 'https:ssh',
    GIT_LITERAL_PATHSPECS: '1',
    ...(run.isRead === true && { GIT_OPTIONAL_LOCKS: '0' }),
    ...repositoryVariables(run.repository),
  };
}

/**
 * All three named: nothing is searched for (a bare repository inside a working tree is not found by
 * mistake), ownership needs no `safe.directory`, and `core.worktree` moves nothing.
 */
function repositoryVariables(repository: GitRun['repository']): Record<string, string> {
  if (repository === undefined) return {};
  return {
    GIT_DIR: repository.gitFolder,
    GIT_WORK_TREE: repository.workTree,
    GIT_COMMON_DIR: repository.guardedFolder,
  };
}
