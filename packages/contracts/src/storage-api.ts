import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';
import { bilingualSchema } from './policy-api.ts';

/** A customer-managed key, with nothing of its material. */
export const keySummarySchema = z.object({
  keyId: z.string(),
  arn: z.string(),
  /** `alias/<name>` each. */
  aliases: z.array(z.string()),
  description: z.string(),
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']),
  provider: z.string(),
  versionCount: z.int(),
  createdAt: timestampSchema,
  rotatedAt: timestampSchema.nullable(),
  /** When its material is destroyed; null unless it is pending deletion. */
  deletionDate: timestampSchema.nullable(),
});
export type KeySummary = z.infer<typeof keySummarySchema>;

export const keyListSchema = z.object({ keys: z.array(keySummarySchema) });
export type KeyList = z.infer<typeof keyListSchema>;

export const keyCommandNameSchema = z.enum([
  ...(['rotate', 'disable', 'enable', 'schedule-deletion', 'cancel-deletion'] as const),
]);
export type KeyCommandName = z.infer<typeof keyCommandNameSchema>;

/** A key is named by its id, an alias or an ARN. */
export const keyCommandSchema = z.strictObject({
  key: z.string().min(1).max(2048),
  command: keyCommandNameSchema,
  /** For `schedule-deletion` (AWS KMS API Reference, "ScheduleKeyDeletion"). */
  waitingDays: z.int().min(7).max(30).optional(),
});
export type KeyCommand = z.infer<typeof keyCommandSchema>;

/** `POST /credentials` on the operator's socket: for tools outside the studios. */
export const outsideCredentialsRequestSchema = z.strictObject({
  profileName: profileNameSchema,
  lifetimeHours: z.number().min(0.25).max(12).default(1),
});

export const outsideCredentialsSchema = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiresAt: timestampSchema,
  endpointUrl: z.string(),
  region: z.string(),
  /** PEM file on this machine. */
  trustBundlePath: z.string(),
});
export type OutsideCredentials = z.infer<typeof outsideCredentialsSchema>;

/** What a reading of everything that is stored found. */
export const scrubReportSchema = z.object({
  checkedObjects: z.int(),
  checkedBytes: z.int(),
  problems: z.array(
    z.object({
      bucket: z.string(),
      key: z.string(),
      versionId: z.string(),
      /** `damaged`: not what was written. `unverified`: its key cannot be used, so nobody can tell. */
      state: z.enum(['damaged', 'unverified']),
      message: z.string(),
    }),
  ),
});
export type ScrubReport = z.infer<typeof scrubReportSchema>;

/** What of a bucket a key seals: unreadable for as long as the key cannot be used. */
export const sealedBucketSchema = z.object({
  bucket: z.string(),
  objectCount: z.number(),
  versionCount: z.number(),
  sizeBytes: z.number(),
});
export type SealedBucket = z.infer<typeof sealedBucketSchema>;

export const keyLastUseSchema = z.object({
  at: timestampSchema,
  /** For example `kms:Decrypt`. */
  action: z.string(),
  /** An ARN, `platform` or `operator`. */
  principal: z.string(),
  kind: z.enum(['person', 'notebook', 'platform', 'operator', 'unknown']),
  profileName: profileNameSchema.nullable(),
});
export type KeyLastUse = z.infer<typeof keyLastUseSchema>;

/** `GET /api/keys` */
export const keyOverviewSchema = keySummarySchema.extend({
  /** Null: not used in the time that is looked back over. */
  lastUse: keyLastUseSchema.nullable(),
  /** What becomes unreadable where it is disabled, and is lost where it is deleted. */
  seals: z.object({
    buckets: z.array(sealedBucketSchema),
    /** Whose homes. */
    homes: z.array(profileNameSchema),
    /** By name; all of them lie in one volume. */
    repositories: z.array(z.string()),
  }),
});
export type KeyOverview = z.infer<typeof keyOverviewSchema>;

export const keyOverviewListSchema = z.object({
  keys: z.array(keyOverviewSchema),
  /** What the caller may do with keys. */
  mayCommand: z.array(keyCommandNameSchema),
  /** How far back the last uses were looked for. */
  lookBackDays: z.int(),
});
export type KeyOverviewList = z.infer<typeof keyOverviewListSchema>;

/** What the caller may do with a bucket's objects. */
export const bucketPermissionsSchema = z.object({
  mayList: z.boolean(),
  mayRead: z.boolean(),
  mayWrite: z.boolean(),
  mayDelete: z.boolean(),
});
export type BucketPermissions = z.infer<typeof bucketPermissionsSchema>;

export const bucketUsageSchema = z.object({
  objectCount: z.number(),
  versionCount: z.number(),
  sizeBytes: z.number(),
  unfinishedUploadBytes: z.number(),
});

export const versioningSchema = z.enum(['Enabled', 'Suspended', 'Off']);
export type Versioning = z.infer<typeof versioningSchema>;

/** For whoever oversees the buckets, which is not whoever reads what is in them. */
export const bucketOverviewSchema = z.object({
  /** Null where it would have to be counted elsewhere. */
  usage: bucketUsageSchema.nullable(),
  quotaBytes: z.number().nullable(),
  policyNames: z.array(z.string()),
  /** What new objects are sealed under; the alias and state are null for a key of another service. */
  key: z.object({
    arn: z.string(),
    alias: z.string().nullable(),
    state: keySummarySchema.shape.state.nullable(),
    bucketKeyEnabled: z.boolean(),
  }),
  isPublicAccessBlocked: z.boolean(),
});
export type BucketOverview = z.infer<typeof bucketOverviewSchema>;

export const bucketSummarySchema = z.object({
  bucket: z.string(),
  description: z.string().nullable(),
  createdAt: timestampSchema,
  versioning: versioningSchema,
  may: bucketPermissionsSchema,
  /** Null for whoever does not oversee the buckets. */
  overview: bucketOverviewSchema.nullable(),
});
export type BucketSummary = z.infer<typeof bucketSummarySchema>;

/** `GET /api/buckets`: those that the caller may list, or all for whoever oversees them. */
export const bucketListSchema = z.object({
  buckets: z.array(bucketSummarySchema),
  overseesAll: z.boolean(),
});
export type BucketList = z.infer<typeof bucketListSchema>;

/** `GET /api/buckets/<bucket>` */
export const bucketDetailsSchema = bucketSummarySchema.extend({
  overview: bucketOverviewSchema,
  /** The domain's own first. */
  policies: z.array(
    z.object({
      name: z.string(),
      purpose: bilingualSchema.nullable(),
      /** The IAM JSON document. */
      document: z.unknown(),
    }),
  ),
  /** As the domain file grants it. */
  access: z.array(
    z.object({
      /** `everyone`, a team or a person. */
      to: z.string(),
      toKind: z.enum(['everyone', 'team', 'person']),
      permission: z.enum(['read', 'read-write']),
      from: z.array(z.enum(['studios', 'outside'])),
    }),
  ),
});
export type BucketDetails = z.infer<typeof bucketDetailsSchema>;

/** `GET /api/buckets/<bucket>/objects?prefix=&continuationToken=`: one level. */
export const folderPageSchema = z.object({
  bucket: z.string(),
  prefix: z.string(),
  /** Whole prefixes, each with its slash. */
  folders: z.array(z.string()),
  objects: z.array(
    z.object({ key: z.string(), sizeBytes: z.number(), modifiedAt: timestampSchema }),
  ),
  /** Null on the last page. */
  continuationToken: z.string().nullable(),
  may: bucketPermissionsSchema,
  versioning: versioningSchema,
});
export type FolderPage = z.infer<typeof folderPageSchema>;

/** `GET /api/buckets/<bucket>/objects/details?key=`: refused where its download would be. */
export const objectDetailsSchema = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  modifiedAt: timestampSchema,
  contentType: z.string().nullable(),
  keyArn: z.string(),
});
export type ObjectDetails = z.infer<typeof objectDetailsSchema>;

/** `GET /api/buckets/<bucket>/objects/upload-check?key=`: refused where its upload would be. */
export const uploadCheckSchema = z.object({ exists: z.boolean() });
