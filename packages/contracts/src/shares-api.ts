import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';
import { visibleNameSchema, visibleTextSchema } from './visible-text.ts';

/** Random, 128 bits, base64url (RFC 4648, section 5): it cannot be guessed. */
export const shareIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<'ShareId'>();
export type ShareId = z.infer<typeof shareIdSchema>;

/** What a notebook is looked through for before it leaves a studio. */
export const scanRuleSchema = z.enum([
  'cloud-key',
  'token',
  'private-key',
  'password-in-url',
  'resident-registration-number',
  'foreigner-registration-number',
  'card-number',
  'account-number',
  'phone-number',
  'email-address',
]);
export type ScanRule = z.infer<typeof scanRuleSchema>;

/** `block`: nothing is shared. `warn`: whoever shares says that it is meant. `off`: not looked for. */
export const scanActionSchema = z.enum(['block', 'warn', 'off']);
export type ScanAction = z.infer<typeof scanActionSchema>;

/** Where something was found, without what was found. */
export const scanFindingSchema = z.object({
  rule: scanRuleSchema,
  action: scanActionSchema.exclude(['off']),
  /** From 0, in the order of the notebook. */
  cellIndex: z.int().min(0),
  /** Null where the notebook gives its cells no ids (before nbformat 4.5). */
  cellId: z.string().nullable(),
  part: z.enum(['source', 'output', 'metadata', 'attachment']),
  /** From 1, in the cell's source or in the output's text. */
  line: z.int().min(1),
  /** For example `AKIA****************`: at most the first four characters are as they were. */
  masked: z.string(),
});
export type ScanFinding = z.infer<typeof scanFindingSchema>;

/** Who may see a share. Nobody else may, administrators included, without leaving a trace. */
export const shareAudienceSchema = z.strictObject({
  everyone: z.boolean(),
  teams: z.array(visibleNameSchema(64)).max(100),
  people: z.array(profileNameSchema).max(500),
});
export type ShareAudience = z.infer<typeof shareAudienceSchema>;

/** `GET /strongroom/api/share-choices` on a studio's origin: what its dialog offers. */
export const shareChoicesSchema = z.object({
  teams: z.array(z.string()),
  /** Everyone but the owner. */
  people: z.array(
    z.object({ profileName: profileNameSchema, displayName: z.string(), team: z.string() }),
  ),
  /** Nothing is shared for longer. */
  maximumDays: z.number(),
  defaultDays: z.number(),
  maximumNotebookBytes: z.int(),
});
export type ShareChoices = z.infer<typeof shareChoicesSchema>;

/** A notebook of the studio's home, by its path as the Jupyter server API writes it. */
const sharedNotebookSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  includesOutputs: z.boolean(),
});

/** `POST /strongroom/api/share-checks` on a studio's origin: looked through, nothing shared. */
export const shareCheckRequestSchema = sharedNotebookSchema;
export type ShareCheckRequest = z.infer<typeof shareCheckRequestSchema>;

export const shareCheckSchema = z.object({
  /** At most 200. */
  findings: z.array(scanFindingSchema),
  /** Of all of them. */
  findingCount: z.int(),
  isBlocked: z.boolean(),
  sizeBytes: z.int(),
  cellCount: z.int(),
});
export type ShareCheck = z.infer<typeof shareCheckSchema>;

const noteSchema = visibleTextSchema(0, 2_000);

/** `POST /strongroom/api/shares` on a studio's origin. */
export const shareRequestSchema = sharedNotebookSchema.extend({
  audience: shareAudienceSchema,
  expiresAt: timestampSchema,
  note: noteSchema,
  /** Whoever shares has seen what was found and means it. */
  acceptsWarnings: z.boolean(),
});
export type ShareRequest = z.infer<typeof shareRequestSchema>;

/** `POST /strongroom/api/shares/<share>/versions` on a studio's origin. */
export const shareVersionRequestSchema = sharedNotebookSchema.extend({
  note: noteSchema,
  acceptsWarnings: z.boolean(),
});
export type ShareVersionRequest = z.infer<typeof shareVersionRequestSchema>;

export const shareVersionSchema = z.object({
  /** From 1. */
  version: z.int().min(1),
  createdAt: timestampSchema,
  note: z.string(),
  includesOutputs: z.boolean(),
  sizeBytes: z.int(),
  cellCount: z.int(),
  /** Of the notebook as it is stored, in lower-case hexadecimal. */
  sha256: z.string(),
});
export type ShareVersion = z.infer<typeof shareVersionSchema>;

export const shareStateSchema = z.enum(['active', 'expired', 'revoked']);
export type ShareState = z.infer<typeof shareStateSchema>;

/** `GET /api/shares?list=mine|with-me|all`, newest first; the same below `/strongroom/api` for Lab. */
export const shareSummarySchema = z.object({
  shareId: shareIdSchema,
  /** On the console's origin: what is copied. */
  url: z.string(),
  /** The notebook's file name. */
  title: z.string(),
  owner: profileNameSchema,
  ownerDisplayName: z.string(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
  state: shareStateSchema,
  revokedAt: timestampSchema.nullable(),
  revokedBy: profileNameSchema.nullable(),
  audience: shareAudienceSchema,
  latestVersion: shareVersionSchema,
  /** The path in the owner's home; null or absent for everyone else. */
  sourcePath: z.string().nullable().optional(),
  /** It can be extended so far and no further; null or absent for whoever may not extend it. */
  extendableUntil: timestampSchema.nullable().optional(),
  /** Null for whoever may not see who looked. */
  viewCount: z.int().nullable(),
  openCommentCount: z.int(),
  may: z.object({
    read: z.boolean(),
    /** Revoke it and see who looked; its owner extends it too. */
    manage: z.boolean(),
    comment: z.boolean(),
  }),
});
export type ShareSummary = z.infer<typeof shareSummarySchema>;

export const shareListSchema = z.object({ shares: z.array(shareSummarySchema) });
export type ShareList = z.infer<typeof shareListSchema>;

export const shareListNameSchema = z.enum(['mine', 'with-me', 'all']);
export type ShareListName = z.infer<typeof shareListNameSchema>;

/**
 * `GET /api/shares/<share>`: also what an open page asks again to learn that its right has ended.
 * `GET /api/shares/<share>/versions/<version>/notebook`: that version as it is stored, JSON.
 */
export const shareDetailsSchema = shareSummarySchema.extend({
  /** Newest first. */
  versions: z.array(shareVersionSchema),
  /** The path in the owner's home; null for everyone else. */
  sourcePath: z.string().nullable(),
  /** The origin of the frame that renders notebooks, without cookies. */
  viewerOrigin: z.string(),
});
export type ShareDetails = z.infer<typeof shareDetailsSchema>;

/** `POST /api/shares/<share>/extend`; `…/revoke` has no body. Both answer `shareDetailsSchema`. */
export const shareExtensionSchema = z.strictObject({ expiresAt: timestampSchema });
export type ShareExtension = z.infer<typeof shareExtensionSchema>;

/** `GET /api/shares/<share>/views`: newest first, 500 at most. */
export const shareViewSchema = z.object({
  at: timestampSchema,
  profileName: profileNameSchema,
  displayName: z.string(),
  version: z.int().nullable(),
  kind: z.enum(['viewed', 'copied', 'refused']),
});
export type ShareView = z.infer<typeof shareViewSchema>;
export const shareViewListSchema = z.object({ views: z.array(shareViewSchema) });

/** `POST /api/shares/<share>/copies`: into the caller's own home. */
export const shareCopyRequestSchema = z.strictObject({ version: z.int().min(1) });

export const shareCopySchema = z.object({
  /** In the caller's home; a name that was free. */
  path: z.string(),
  /** On the console's origin: launches the studio and opens the copy. */
  openUrl: z.string(),
});
export type ShareCopy = z.infer<typeof shareCopySchema>;

export const shareCommentIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

export const shareCommentSchema = z.object({
  commentId: shareCommentIdSchema,
  version: z.int().min(1),
  /** Null: about the whole notebook. */
  cellIndex: z.int().min(0).nullable(),
  author: profileNameSchema,
  authorDisplayName: z.string(),
  createdAt: timestampSchema,
  text: z.string(),
  mentions: z.array(profileNameSchema),
  resolvedAt: timestampSchema.nullable(),
  resolvedBy: profileNameSchema.nullable(),
  mayDelete: z.boolean(),
});
export type ShareComment = z.infer<typeof shareCommentSchema>;

/** `GET /api/shares/<share>/comments`: oldest first. */
export const shareCommentListSchema = z.object({
  comments: z.array(shareCommentSchema),
  /** Who can be mentioned with `@profile`: the owner and those who may see the share. */
  mentionable: z.array(z.object({ profileName: profileNameSchema, displayName: z.string() })),
});
export type ShareCommentList = z.infer<typeof shareCommentListSchema>;

/** `POST /api/shares/<share>/comments`; `DELETE …/<comment>`; `POST …/<comment>/resolve|reopen`. */
export const shareCommentRequestSchema = z.strictObject({
  version: z.int().min(1),
  cellIndex: z.int().min(0).nullable(),
  text: visibleTextSchema(1, 4_000),
});
export type ShareCommentRequest = z.infer<typeof shareCommentRequestSchema>;

/**
 * `POST /api/strongroom/share-source`: the control plane asks a studio's agent for a notebook. It
 * answers one line of JSON, `shareSourceHeaderSchema`, and then the notebook's bytes; none of them
 * where something in it blocks, so that it never leaves the studio.
 */
export const shareSourceRequestSchema = sharedNotebookSchema.extend({
  rules: z.record(scanRuleSchema, scanActionSchema),
  maximumBytes: z.int().min(1),
});
export type ShareSourceRequest = z.infer<typeof shareSourceRequestSchema>;

export const shareSourceHeaderSchema = z.object({ check: shareCheckSchema });
export type ShareSourceHeader = z.infer<typeof shareSourceHeaderSchema>;
