import { z } from 'zod';
import { appIdSchema, profileNameSchema } from './ids.ts';
import { visibleNameSchema } from './visible-text.ts';

export const languageSchema = z.enum(['en', 'ko']);
export type Language = z.infer<typeof languageSchema>;

export const themeSchema = z.enum(['light', 'dark', 'system']);
export type Theme = z.infer<typeof themeSchema>;

export const roleSchema = z.enum(['administrator', 'auditor', 'data-scientist']);
export type Role = z.infer<typeof roleSchema>;

export const timestampSchema = z.iso.datetime();

/**
 * SageMaker's app types. A studio on this machine is made of the first two; the others run only where the
 * domain's studios are SageMaker's.
 */
export const appTypeSchema = z.enum([
  'JupyterServer',
  'KernelGateway',
  'JupyterLab',
  'CodeEditor',
  'Canvas',
  'RStudioServerPro',
  'RSessionGateway',
  'TensorBoard',
  'DetailedProfiler',
]);
export type AppType = z.infer<typeof appTypeSchema>;

/** SageMaker's app statuses (DescribeApp). */
export const appStatusSchema = z.enum(['Pending', 'InService', 'Deleting', 'Deleted', 'Failed']);
export type AppStatus = z.infer<typeof appStatusSchema>;

export const appSchema = z.object({
  appId: appIdSchema,
  appType: appTypeSchema,
  appName: z.string(),
  /** Of SageMaker's that it runs in; absent where it runs in none. */
  spaceName: z.string().optional(),
  profileName: profileNameSchema,
  status: appStatusSchema,
  imageName: z.string(),
  instanceType: z.string(),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  /** Why it ended, one English sentence; null while it runs. */
  endReason: z.string().nullable(),
  /** Where it was no doing of the app: the platform was stopped in order, or was killed. */
  endedWithPlatform: z.enum(['restart', 'crash']).optional(),
  memoryBytes: z.number().int().nullable(),
});
export type App = z.infer<typeof appSchema>;

/** `GET /api/apps`: an administrator's answer holds everybody's, another person's their own. */
export const appsSchema = z.object({ apps: z.array(appSchema) });
export type Apps = z.infer<typeof appsSchema>;

/** What runs the studios: this machine, this machine with kernels on a Slurm cluster, or SageMaker. */
export const runtimeKindSchema = z.enum(['local', 'slurm', 'sagemaker']);
export type RuntimeKind = z.infer<typeof runtimeKindSchema>;

export const domainSummarySchema = z.object({
  domainName: z.string(),
  accountId: z.string(),
  region: z.string(),
  runtime: runtimeKindSchema,
});

/** `PUT /api/preferences`: the request and its answer. */
export const preferencesSchema = z.object({ language: languageSchema, theme: themeSchema });
export type Preferences = z.infer<typeof preferencesSchema>;

export const personSchema = z.object({
  profileName: profileNameSchema,
  displayName: z.string(),
  role: roleSchema,
  team: z.string(),
});
export type Person = z.infer<typeof personSchema>;

/**
 * `GET /api/session`, and the answer to a sign-in and to a change of password (which renews the
 * session and its `csrfToken`). `DELETE /api/session` answers 204.
 */
export const sessionSchema = z.discriminatedUnion('signedIn', [
  z.object({ signedIn: z.literal(false), domain: domainSummarySchema }),
  z.object({
    signedIn: z.literal(true),
    domain: domainSummarySchema,
    person: personSchema,
    preferences: preferencesSchema,
    mustChangePassword: z.boolean(),
    /** Sent back in `x-strongroom-csrf` with every POST, PUT, PATCH and DELETE. */
    csrfToken: z.string(),
  }),
]);
export type Session = z.infer<typeof sessionSchema>;

/** `POST /api/session` */
export const signInRequestSchema = z.object({
  profileName: z.string().min(1).max(256),
  password: z.string().min(1).max(1024),
});

/** Fewest characters of a password a person chooses (NIST SP 800-63B-4, section 3.1.1.2: 15 where it is the only factor). */
export const minimumPasswordLength = 15;

/** `POST /api/password` */
export const changePasswordRequestSchema = z.object({
  currentPassword: z.string().min(1).max(1024),
  newPassword: z.string().min(1).max(1024),
});

export const profileSchema = personSchema.extend({
  userProfileArn: z.string(),
  executionRoleArn: z.string(),
  status: z.enum(['InService', 'Disabled']),
  isSelf: z.boolean(),
  mayLaunch: z.boolean(),
  createdAt: timestampSchema,
  /** Null where the caller may not see them (another person's, unless the caller administers). */
  apps: z.array(appSchema).nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

/** `GET /api/domain` */
export const domainSchema = domainSummarySchema.extend({
  domainArn: z.string(),
  images: z.array(z.object({ imageName: z.string(), displayName: z.string() })),
  instanceTypes: z.array(
    z.object({ instanceType: z.string(), vcpuCount: z.number(), memoryMebibytes: z.number() }),
  ),
  profiles: z.array(profileSchema),
});
export type Domain = z.infer<typeof domainSchema>;

/** `POST /api/profiles` (administrators) */
export const createProfileRequestSchema = z.object({
  profileName: profileNameSchema,
  displayName: visibleNameSchema(100),
  role: roleSchema,
  team: visibleNameSchema(64),
});

/** `POST /api/profiles`, `POST /api/profiles/:profileName/one-time-password`: shown once, never again. */
export const oneTimePasswordSchema = z.object({
  profileName: profileNameSchema,
  oneTimePassword: z.string(),
});

/** `PATCH /api/profiles/:profileName` (administrators); answers 204. */
export const updateProfileRequestSchema = z.object({ disabled: z.boolean() });

/** `DELETE /api/profiles/:profileName` (administrators); answers 204. */
export const removeProfileRequestSchema = z.object({ deleteHome: z.boolean() });

export const launchStageSchema = z.enum([
  'Authorize',
  'PrepareHome',
  'StartSandbox',
  'StartServer',
  /** These three where studios are SageMaker's. */
  'FindProfile',
  'PrepareSpace',
  'StartApp',
  'Ready',
]);
export type LaunchStage = z.infer<typeof launchStageSchema>;

/** `POST /api/profiles/:profileName/launches`, and each event of `GET /api/launches/:launchId/events`. */
export const launchSchema = z.object({
  launchId: z.string(),
  profileName: profileNameSchema,
  /** What it goes through, in this order. */
  stages: z.array(launchStageSchema),
  stage: launchStageSchema,
  state: z.enum(['Running', 'Ready', 'Failed']),
  /** Milliseconds since the launch was asked for, at which each finished stage ended. */
  finishedStages: z.array(z.object({ stage: launchStageSchema, elapsedMilliseconds: z.number() })),
  /** Present when `Ready`: open it in the browser; single use. */
  presignedUrl: z.string().nullable(),
  expiresInSeconds: z.number().nullable(),
  /** Present when `Failed`. */
  failure: z
    .object({
      ...{ code: z.string(), message: z.string(), remedy: z.string(), reference: z.string() },
      /** As `values` of an error's body. */
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    })
    .nullable(),
});
export type Launch = z.infer<typeof launchSchema>;

/** `GET /api/profiles/:profileName/files?path=` ; `path` is relative to the home, '' is the home. */
export const fileListSchema = z.object({
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['file', 'directory', 'symlink', 'other']),
      sizeBytes: z.number().int(),
      modifiedAt: timestampSchema,
    }),
  ),
  /** True where the folder holds more entries than are listed (10,000). */
  truncated: z.boolean(),
});
export type FileList = z.infer<typeof fileListSchema>;

/** `GET /api/controls` (administrators): what this host enforces. */
export const controlReportSchema = z.object({
  control: z.string(),
  state: z.enum(['enforced', 'partial', 'unenforced']),
  detail: z.string(),
  remedy: z.string().nullable(),
  /** The domain file accepts by name that it is not (fully) enforced. */
  accepted: z.boolean(),
});
export const controlReportsSchema = z.object({ controls: z.array(controlReportSchema) });
export type ControlReport = z.infer<typeof controlReportSchema>;
