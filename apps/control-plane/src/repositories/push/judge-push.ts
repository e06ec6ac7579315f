import { tagsOfRepository } from '@strongroom/domain';
import type { AuthorizeRepositoryCall } from '../../policies/authorize-repository-call.ts';
import { isBranchName } from '../git/ref-names.ts';
import type { GitCaller } from '../http/git-caller.ts';
import type { Repository } from '../repository.ts';
import {
  contentBlocked,
  defaultBranchDeleted,
  fileTooLarge,
  type PushProblem,
  protectedBranch,
  refDenied,
  refNameRefused,
} from './push-messages.ts';
import type { PushReport, RefUpdate } from './push-messages-schema.ts';

const branchPrefix = 'refs/heads/';
const keptPrefixes = [branchPrefix, 'refs/tags/', 'refs/notes/'];

/** Everything that is against a push; nothing: it may go on. */
export async function judgePush(
  report: PushReport,
  options: {
    readonly repository: Repository;
    readonly caller: GitCaller;
    readonly authorize: AuthorizeRepositoryCall;
  },
): Promise<PushProblem[]> {
  const ofUpdates: PushProblem[] = [];
  for (const update of report.updates) ofUpdates.push(...(await judgeUpdate(update, options)));
  return [
    ...ofUpdates,
    ...report.tooLarge.map(fileTooLarge),
    ...report.findings.filter(({ level }) => level === 'block').map(contentBlocked),
  ];
}

async function judgeUpdate(
  update: RefUpdate,
  { repository, caller, authorize }: Parameters<typeof judgePush>[1],
): Promise<PushProblem[]> {
  const { ref } = update;
  const prefix = keptPrefixes.find((each) => ref.startsWith(each));
  if (prefix === undefined || !isBranchName(ref.slice(prefix.length))) return [refNameRefused(ref)];
  const decision = await authorize({
    ...{ profileName: caller.profileName, from: caller.from, action: 'codecommit:GitPush' },
    ...{ repository: repository.name, tags: tagsOfRepository(repository), reference: ref },
  });
  if (!decision.allowed) return [refDenied(ref, decision)];
  return prefix === branchPrefix ? judgeBranch(update, repository) : [];
}

function judgeBranch(
  { ref, old, new: after, isFastForward }: RefUpdate,
  { protectedBranches, defaultBranch }: Repository,
): PushProblem[] {
  const branch = ref.slice(branchPrefix.length);
  const isDeletion = /^0+$/.test(after);
  const isCreation = /^0+$/.test(old);
  if (protectedBranches.includes(branch)) {
    if (isDeletion) return [protectedBranch(branch, 'delete')];
    return isCreation || isFastForward ? [] : [protectedBranch(branch, 'rewrite')];
  }
  return isDeletion && branch === defaultBranch ? [defaultBranchDeleted(branch)] : [];
}
