export interface StashName {
  /** What the person wrote; empty where they wrote nothing. */
  readonly description: string;
  /** What was checked out then; null where no branch was. */
  readonly branch: string | null;
}

/** A stash's message parted into what git-stash(1) joins: `On <branch>: <description>`. */
export function stashName(message: string): StashName {
  const { kind, branch, rest } =
    /^(?<kind>On|WIP on) (?<branch>\(no branch\)|[^ ]+): (?<rest>.*)$/su.exec(message)?.groups ??
    {};
  if (branch === undefined || rest === undefined) return { description: message, branch: null };
  return {
    // Without a description git names the commit.
    description: kind === 'On' ? rest : '',
    branch: branch === '(no branch)' ? null : branch,
  };
}
