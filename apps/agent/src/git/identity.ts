import { AgentError } from '../http/agent-error.ts';
import { parseConfiguration } from './guarded-configuration.ts';
import type { Git } from './run-git.ts';

export interface GitIdentity {
  readonly name: string | null;
  readonly email: string | null;
}

/** As the person's own ~/.gitconfig has it; a repository's does not count. */
export async function readIdentity(git: Git): Promise<GitIdentity> {
  const { output } = await git.run({
    isRead: true,
    parameters: ['config', '--global', '--includes', '-z', '--get-regexp', '^user\\.(name|email)$'],
  });
  const entries = parseConfiguration(output);
  const last = (key: string) => entries.findLast((entry) => entry.key === key)?.value?.trim();
  return { name: last('user.name') || null, email: last('user.email') || null };
}

export async function saveIdentity(
  git: Git,
  identity: { name: string; email: string },
): Promise<void> {
  for (const [key, value] of Object.entries(identity)) {
    // Git would leave these out, and refuse a name made of nothing else.
    if (/[\p{Cc}<>]/u.test(value) || !/[\p{L}\p{N}]/u.test(value)) {
      throw new AgentError(
        'InvalidRequest',
        `Cannot use "${value}": a name and an e-mail address have letters, and no "<" or ">"`,
      );
    }
    await git.demand('save your name and e-mail address', {
      parameters: ['config', '--global', '--replace-all', `user.${key}`, value],
    });
  }
}

/** The variables that make a commit the person's own, whoever the repository says they are. */
export async function committer(git: Git): Promise<Record<string, string>> {
  const variables = await committerIfKnown(git);
  if (Object.keys(variables).length > 0) return variables;
  throw new AgentError(
    'IdentityMissing',
    'Cannot commit: Git does not know your name and e-mail address yet',
  );
}

export async function committerIfKnown(git: Git): Promise<Record<string, string>> {
  const { name, email } = await readIdentity(git);
  if (name === null || email === null) return {};
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
