import { GitError } from './api/git-error.ts';
import type { Texts } from './texts.ts';

export interface FailureText {
  /** What it is and what to do. */
  readonly sentence: string;
  /** What Git wrote, where that tells more. */
  readonly details: string;
}

export function describeFailure(error: unknown, trans: Texts): FailureText {
  if (!(error instanceof GitError)) {
    const details = error instanceof Error ? error.message : String(error);
    return { sentence: trans.__('Something unexpected went wrong.'), details };
  }
  return { sentence: sentenceOf(error, trans), details: error.message };
}

function sentenceOf({ code }: GitError, trans: Texts): string {
  switch (code) {
    case 'NotARepository':
      return trans.__('This folder is in no repository any more. Refresh the panel.');
    case 'IdentityMissing':
      return trans.__(
        'Git does not know your name and e-mail address yet. Set them, then try again.',
      );
    case 'Conflicts':
      return trans.__('Some changes conflict. Resolve the files listed under “Conflicts”.');
    case 'WouldOverwrite':
      return trans.__(
        'This would overwrite changes that are not committed. Commit, stash or discard them, then try again.',
      );
    case 'NotFastForward':
      return trans.__('The remote has commits that are not here. Pull them first, then push.');
    case 'NoUpstream':
      return trans.__('This branch has no branch on the remote yet. Publish it, then try again.');
    case 'AuthenticationFailed':
      return trans.__(
        'The remote refused who you are. For a repository of this domain, ask for access to it; for others, place an SSH key in your home.',
      );
    case 'RemoteRefused':
      return trans.__('The remote refused this.');
    case 'RemoteUnreachable':
      return trans.__(
        'The remote cannot be reached. Check the URL; a host outside the domain needs internet access.',
      );
    case 'UrlRefused':
      return trans.__(
        'This URL cannot be used. It begins with https:// or ssh://, or reads git@host:path, and holds no password.',
      );
    case 'FolderExists':
      return trans.__('A folder of this name is there already. Choose another name.');
    case 'NothingToCommit':
      return trans.__('Nothing is staged. Stage a file with +, then commit.');
    case 'BranchExists':
      return trans.__('A branch of this name is there already. Choose another name.');
    case 'BranchNotMerged':
      return trans.__('This branch holds commits that no other branch has.');
    case 'GitFailed':
      return trans.__('Git could not do this.');
    case 'DiskFull':
      return trans.__('The disk is full. Delete something, then try again.');
    case 'NotFound':
      return trans.__('This is no longer there. Refresh the panel.');
    case 'InvalidNotebook':
      return trans.__('The result is not a valid notebook, so nothing was saved.');
    case 'InvalidRequest':
    case 'InvalidPath':
      return trans.__('This name cannot be used here. The details say why.');
    case 'TooLarge':
      return trans.__('This file is too large to be shown here.');
    case 'Unavailable':
      return trans.__('Git cannot be used at the moment. Try again.');
    case 'NotSignedIn':
    case 'PersonDisabled':
      return trans.__('You are signed out. Sign in at the console and try again.');
    case 'Unreachable':
      return trans.__('The studio does not answer. Check the connection and try again.');
    default:
      return trans.__('Something unexpected went wrong.');
  }
}
