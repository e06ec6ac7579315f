import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';
import { visibleNameSchema, visibleTextSchema } from './visible-text.ts';

/** AWS CodeCommit User Guide, "Quotas": letters, digits, `.`, `_` and `-`; not `.git` at its end. */
export const repositoryNameSchema = z
  .string()
  .regex(/^(?!.*\.git$)(?!\.{1,2}$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

export const repositoryPermissionSchema = z.enum(['read', 'read-write']);
export type RepositoryPermission = z.infer<typeof repositoryPermissionSchema>;

/** Who may pull, or pull and push. The owner always may. */
export const repositoryGrantSchema = z.strictObject({
  to: z.union([
    z.literal('everyone'),
    z.strictObject({ team: visibleNameSchema(64) }),
    z.strictObject({ profileName: profileNameSchema }),
  ]),
  permission: repositoryPermissionSchema,
});
export type RepositoryGrant = z.infer<typeof repositoryGrantSchema>;

/** A branch's name without `refs/heads/`. */
export const branchNameSchema = z.string().min(1).max(256);

const descriptionSchema = visibleTextSchema(0, 1_000);

/** `POST /api/repositories` */
export const repositoryRequestSchema = z.strictObject({
  name: repositoryNameSchema,
  description: descriptionSchema,
  access: z.array(repositoryGrantSchema).max(40),
});
export type RepositoryRequest = z.infer<typeof repositoryRequestSchema>;

/** `PATCH /api/repositories/<repository>`: what is not named stays. Answers the details. */
export const repositoryChangeSchema = z.strictObject({
  description: descriptionSchema.optional(),
  access: z.array(repositoryGrantSchema).max(40).optional(),
  defaultBranch: branchNameSchema.optional(),
  /** Nobody deletes these or rewrites their history. */
  protectedBranches: z.array(branchNameSchema).max(100).optional(),
});
export type RepositoryChange = z.infer<typeof repositoryChangeSchema>;

export const repositorySummarySchema = z.object({
  name: z.string(),
  description: z.string(),
  owner: profileNameSchema,
  createdAt: timestampSchema,
  /** The last push; null before the first one. */
  pushedAt: timestampSchema.nullable(),
  defaultBranch: z.string(),
  sizeBytes: z.number(),
  /** For programs in studios: `https://git-codecommit.<region>.amazonaws.com/v1/repos/<name>`. */
  studioCloneUrl: z.string(),
  /** For programs outside, with a personal token. */
  outsideCloneUrl: z.string(),
  may: z.object({ pull: z.boolean(), push: z.boolean(), manage: z.boolean() }),
});
export type RepositorySummary = z.infer<typeof repositorySummarySchema>;

/** `GET /api/repositories`: those that the caller may pull or manage, by name. */
export const repositoryListSchema = z.object({
  repositories: z.array(repositorySummarySchema),
  mayCreate: z.boolean(),
});
export type RepositoryList = z.infer<typeof repositoryListSchema>;

export const repositoryDetailsSchema = repositorySummarySchema.extend({
  access: z.array(repositoryGrantSchema),
  protectedBranches: z.array(z.string()),
  isEmpty: z.boolean(),
});
export type RepositoryDetails = z.infer<typeof repositoryDetailsSchema>;

const commitIdSchema = z.string().regex(/^[0-9a-f]{40}$/);

export const repositoryCommitSchema = z.object({
  commitId: commitIdSchema,
  parents: z.array(commitIdSchema),
  author: z.string(),
  authorEmail: z.string(),
  authoredAt: timestampSchema,
  /** The first line of the message. */
  subject: z.string(),
  /** What follows it. */
  body: z.string(),
});
export type RepositoryCommit = z.infer<typeof repositoryCommitSchema>;

/** `GET /api/repositories/<repository>/branches`: by the time of their last commit. */
export const repositoryBranchListSchema = z.object({
  branches: z.array(
    z.object({
      name: z.string(),
      isDefault: z.boolean(),
      isProtected: z.boolean(),
      commit: repositoryCommitSchema,
      /** In commits, against the default branch. */
      ahead: z.int(),
      behind: z.int(),
    }),
  ),
});
export type RepositoryBranchList = z.infer<typeof repositoryBranchListSchema>;

/** `GET …/tree?revision=&path=`: a branch, a tag or a commit; path '' is the root. Folders first. */
export const repositoryFolderSchema = z.object({
  commit: repositoryCommitSchema,
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['folder', 'file', 'symbolic-link', 'submodule']),
      sizeBytes: z.number().nullable(),
    }),
  ),
});
export type RepositoryFolder = z.infer<typeof repositoryFolderSchema>;

/** `…/raw?revision=&path=` downloads it. */
export const repositoryFileSchema = z.object({
  commit: repositoryCommitSchema,
  path: z.string(),
  sizeBytes: z.number(),
  /** `large`: beyond what a page shows. `lfs`: a pointer; its object is what `raw` sends. */
  kind: z.enum(['text', 'notebook', 'image', 'binary', 'large', 'lfs']),
  /** Of text and notebooks; of images, base64. Null for the other kinds. */
  text: z.string().nullable(),
});
export type RepositoryFile = z.infer<typeof repositoryFileSchema>;

/** `GET …/file?revision=&path=` */
export const viewedRepositoryFileSchema = repositoryFileSchema.extend({
  /** The origin without cookies that renders notebooks. */
  viewerOrigin: z.string(),
});
export type ViewedRepositoryFile = z.infer<typeof viewedRepositoryFileSchema>;

/** `GET …/commits?revision=&path=&after=<commit>&limit=`: newest first, 100 at most. */
export const repositoryCommitListSchema = z.object({
  commits: z.array(repositoryCommitSchema),
  /** Null at the end. */
  next: commitIdSchema.nullable(),
});
export type RepositoryCommitList = z.infer<typeof repositoryCommitListSchema>;

export const changedFileSchema = z.object({
  /** Null where it was added. */
  oldPath: z.string().nullable(),
  /** Null where it was deleted. */
  newPath: z.string().nullable(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed']),
  addedLines: z.int().nullable(),
  deletedLines: z.int().nullable(),
  isBinary: z.boolean(),
  /** Unified diff hunks; null where it is binary, a notebook or beyond what a page shows. */
  patch: z.string().nullable(),
  isNotebook: z.boolean(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** `GET …/commits/<commit>`: against its first parent; 300 files at most. */
export const repositoryCommitDetailsSchema = z.object({
  commit: repositoryCommitSchema,
  files: z.array(changedFileSchema),
  fileCount: z.int(),
});
export type RepositoryCommitDetails = z.infer<typeof repositoryCommitDetailsSchema>;

/** `GET …/notebook-versions?commit=&path=`: both sides of a notebook's change, for its diff by cell. */
export const notebookVersionsSchema = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type NotebookVersions = z.infer<typeof notebookVersionsSchema>;

/** A personal token: what Git outside the studios signs in with. */
export const personalTokenSchema = z.object({
  tokenId: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  /** `read`: clone and fetch only. */
  permission: repositoryPermissionSchema,
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
  /** As it begins, to tell it from others. */
  hint: z.string(),
});
export type PersonalToken = z.infer<typeof personalTokenSchema>;

/** `GET /api/personal-tokens`: the caller's own. `DELETE /api/personal-tokens/<token>` ends one. */
export const personalTokenListSchema = z.object({ tokens: z.array(personalTokenSchema) });
export type PersonalTokenList = z.infer<typeof personalTokenListSchema>;

/** `POST /api/personal-tokens` */
export const personalTokenRequestSchema = z.strictObject({
  name: visibleNameSchema(100),
  permission: repositoryPermissionSchema,
  lifetimeDays: z.int().min(1).max(366),
});
export type PersonalTokenRequest = z.infer<typeof personalTokenRequestSchema>;

/** The only time that the secret is told. */
export const newPersonalTokenSchema = personalTokenSchema.extend({ secret: z.string() });
export type NewPersonalToken = z.infer<typeof newPersonalTokenSchema>;
