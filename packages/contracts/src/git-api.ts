import { z } from 'zod';

/**
 * What the Git panel asks the agent: `POST /api/strongroom/git/<operation>` on a studio's origin. Paths
 * are as the Jupyter server API writes them, relative to the home; those in a repository are relative to
 * its root. A refusal is the agent's `{ message, reason }`, the reason a code below, or one of the
 * agent's own (`InvalidPath`, `InvalidNotebook`, `DiskFull`, `Unavailable` …). What Git refuses is
 * `GitFailed` or a code below, the message what Git wrote.
 */

/** The folder of a working tree, '' for the home itself. */
const repository = z.string().max(4096);
const file = z.string().min(1).max(4096);
const files = z.array(file).min(1).max(20_000);
const commitId = z.string().regex(/^[0-9a-f]{40}$/);
const branch = z.string().min(1).max(256);

export const gitErrorCodeSchema = z.enum([
  /** The folder is in no repository. */
  'NotARepository',
  /** Whoever commits has given no name and e-mail address yet. */
  'IdentityMissing',
  /** A merge, a pull or a stash left conflicts; status tells which. */
  'Conflicts',
  /** What is changed here would be overwritten. */
  'WouldOverwrite',
  /** The remote has commits that are not here. */
  'NotFastForward',
  /** The branch has no remote branch to pull from or push to. */
  'NoUpstream',
  'AuthenticationFailed',
  'RemoteRefused',
  'RemoteUnreachable',
  /** A URL that is neither https nor ssh, or holds a password. */
  'UrlRefused',
  'FolderExists',
  'NothingToCommit',
  'BranchExists',
  'BranchNotMerged',
  'GitFailed',
]);
export type GitErrorCode = z.infer<typeof gitErrorCodeSchema>;

/** As `git status --porcelain=v2` (git-status(1)) says it. */
export const gitFileStateSchema = z.enum([
  ...(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed'] as const),
]);
export type GitFileState = z.infer<typeof gitFileStateSchema>;

export const gitStatusSchema = z.object({
  /** The working tree's root, relative to the home. */
  root: z.string(),
  /** Null where HEAD is detached. */
  branch: z.string().nullable(),
  /** Null before the first commit. */
  commitId: commitId.nullable(),
  /** For example `origin/main`. */
  upstream: z.string().nullable(),
  ahead: z.int(),
  behind: z.int(),
  staged: z.array(z.object({ path: file, state: gitFileStateSchema, oldPath: file.nullable() })),
  changed: z.array(z.object({ path: file, state: gitFileStateSchema })),
  untracked: z.array(file),
  conflicted: z.array(file),
  /** `untracked` was cut at 10,000. */
  isCut: z.boolean(),
  /** What is under way and waits for its conflicts to be resolved. */
  inProgress: z.enum(['nothing', 'merge', 'rebase', 'cherry-pick', 'revert']),
  stashCount: z.int(),
  stripsOutputs: z.boolean(),
  remotes: z.array(z.object({ name: z.string(), url: z.string() })),
});
export type GitStatus = z.infer<typeof gitStatusSchema>;

export const gitCommitSchema = z.object({
  commitId,
  parents: z.array(commitId),
  author: z.string(),
  authorEmail: z.string(),
  authoredAt: z.iso.datetime({ offset: true }),
  subject: z.string(),
  body: z.string(),
  /** Branches and tags that point at it. */
  references: z.array(z.string()),
});
export type GitCommit = z.infer<typeof gitCommitSchema>;

export const gitBranchSchema = z.object({
  name: z.string(),
  isCurrent: z.boolean(),
  isRemote: z.boolean(),
  upstream: z.string().nullable(),
  commitId,
});
export type GitBranch = z.infer<typeof gitBranchSchema>;

/** Both sides of a file: null where it is on that side not, or is not text. */
export const gitVersionsSchema = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
  isBinary: z.boolean(),
  /** One side is beyond 20 MB; both are null. */
  isLarge: z.boolean(),
});
export type GitVersions = z.infer<typeof gitVersionsSchema>;

const nothing = z.object({});

/** Each operation's request and answer. Progress of clone, fetch, pull and push: see `progress`. */
export const gitOperations = {
  /** The working tree that a folder is in. */
  find: {
    request: z.strictObject({ folder: repository }),
    answer: z.object({ root: z.string().nullable() }),
  },
  /** Working trees below the home, three levels deep, by path. */
  repositories: {
    request: z.strictObject({}),
    answer: z.object({ roots: z.array(z.string()) }),
  },
  init: { request: z.strictObject({ folder: repository }), answer: z.object({ root: z.string() }) },
  identity: {
    request: z.strictObject({}),
    answer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  },
  'set-identity': {
    request: z.strictObject({
      name: z.string().trim().min(1).max(200),
      email: z.string().trim().min(3).max(254),
    }),
    answer: nothing,
  },
  /** Begins; `progress` follows it. `name`: the folder made in `folder`; by the URL where not given. */
  clone: {
    request: z.strictObject({
      url: z.string().min(1).max(2048),
      folder: repository,
      name: z.string().min(1).max(255).optional(),
    }),
    answer: z.object({ task: z.string() }),
  },
  fetch: { request: z.strictObject({ repository }), answer: z.object({ task: z.string() }) },
  pull: { request: z.strictObject({ repository }), answer: z.object({ task: z.string() }) },
  /** `setsUpstream`: to `origin`, the remote branch of the same name. */
  push: {
    request: z.strictObject({ repository, setsUpstream: z.boolean().optional() }),
    answer: z.object({ task: z.string() }),
  },
  /** Answers when something has changed after `seen`, or after 10 s. */
  progress: {
    request: z.strictObject({ task: z.string(), seen: z.int().min(0) }),
    answer: z.object({
      seen: z.int(),
      state: z.enum(['running', 'done', 'failed']),
      /** Git's own word for what it does, for example `Receiving objects`. */
      phase: z.string(),
      percent: z.number().min(0).max(100).nullable(),
      /** `Cancelled` where `cancel` ended it. */
      error: z
        .object({ code: z.union([gitErrorCodeSchema, z.string()]), message: z.string() })
        .nullable(),
      /** Of a clone: the new working tree. */
      root: z.string().nullable(),
    }),
  },
  cancel: { request: z.strictObject({ task: z.string() }), answer: nothing },
  status: { request: z.strictObject({ repository }), answer: gitStatusSchema },
  stage: { request: z.strictObject({ repository, files }), answer: nothing },
  unstage: { request: z.strictObject({ repository, files }), answer: nothing },
  /** Becomes what the index has; untracked files are moved to the trash. */
  discard: { request: z.strictObject({ repository, files }), answer: nothing },
  commit: {
    request: z.strictObject({
      repository,
      message: z.string().trim().min(1).max(100_000),
      amends: z.boolean(),
    }),
    answer: z.object({ commitId }),
  },
  /** The message that an amendment begins with. */
  'last-message': {
    request: z.strictObject({ repository }),
    answer: z.object({ message: z.string() }),
  },
  branches: {
    request: z.strictObject({ repository }),
    answer: z.object({ branches: z.array(gitBranchSchema) }),
  },
  'create-branch': {
    request: z.strictObject({
      repository,
      name: branch,
      from: z.string().min(1).max(256).optional(),
    }),
    answer: nothing,
  },
  'switch-branch': { request: z.strictObject({ repository, name: branch }), answer: nothing },
  /** `force`: also where it holds commits that no other branch has. */
  'delete-branch': {
    request: z.strictObject({ repository, name: branch, force: z.boolean() }),
    answer: nothing,
  },
  /** Into the current branch. */
  merge: {
    request: z.strictObject({ repository, name: branch }),
    answer: z.object({ outcome: z.enum(['merged', 'already-up-to-date', 'conflicts']) }),
  },
  /** Ends a merge whose conflicts are all resolved. */
  'continue-merge': {
    request: z.strictObject({ repository, message: z.string().max(100_000).optional() }),
    answer: nothing,
  },
  'abort-merge': { request: z.strictObject({ repository }), answer: nothing },
  /** The three sides of a conflicted file; null where a side has it not. */
  conflict: {
    request: z.strictObject({ repository, file }),
    answer: z.object({
      base: z.string().nullable(),
      ours: z.string().nullable(),
      theirs: z.string().nullable(),
      oursName: z.string(),
      theirsName: z.string(),
      isNotebook: z.boolean(),
      isBinary: z.boolean(),
    }),
  },
  /** `text`: the resolved file; a notebook must be valid. Or a side is taken whole; staged then. */
  resolve: {
    request: z.strictObject({
      repository,
      file,
      resolution: z.union([
        z.strictObject({ text: z.string() }),
        z.strictObject({ side: z.enum(['ours', 'theirs']) }),
      ]),
    }),
    answer: nothing,
  },
  stashes: {
    request: z.strictObject({ repository }),
    answer: z.object({
      stashes: z.array(
        z.object({
          index: z.int().min(0),
          message: z.string(),
          createdAt: z.iso.datetime({ offset: true }),
        }),
      ),
    }),
  },
  stash: {
    request: z.strictObject({ repository, message: z.string().trim().max(500) }),
    answer: nothing,
  },
  'apply-stash': {
    request: z.strictObject({ repository, index: z.int().min(0), drops: z.boolean() }),
    answer: nothing,
  },
  'drop-stash': {
    request: z.strictObject({ repository, index: z.int().min(0) }),
    answer: nothing,
  },
  /** All branches where `branch` is not given; of one file where `file` is. Newest first, 200 at most. */
  log: {
    request: z.strictObject({
      repository,
      branch: branch.optional(),
      file: file.optional(),
      skip: z.int().min(0).optional(),
    }),
    answer: z.object({ commits: z.array(gitCommitSchema), hasMore: z.boolean() }),
  },
  /** The files that a commit changed, against its first parent. */
  'commit-files': {
    request: z.strictObject({ repository, commitId }),
    answer: z.object({
      files: z.array(z.object({ path: file, state: gitFileStateSchema, oldPath: file.nullable() })),
    }),
  },
  /**
   * `working-tree`: index against file. `staged`: HEAD against index. A commit's id: its first parent
   * against it.
   */
  versions: {
    request: z.strictObject({
      repository,
      file,
      of: z.union([z.enum(['working-tree', 'staged']), commitId]),
    }),
    answer: gitVersionsSchema,
  },
  /** Whether outputs of notebooks are left out of what is committed here. */
  'set-strips-outputs': {
    request: z.strictObject({ repository, stripsOutputs: z.boolean() }),
    answer: nothing,
  },
} as const;

export type GitOperationName = keyof typeof gitOperations;
export type GitRequest<Name extends GitOperationName> = z.input<
  (typeof gitOperations)[Name]['request']
>;
export type GitAnswer<Name extends GitOperationName> = z.infer<
  (typeof gitOperations)[Name]['answer']
>;
