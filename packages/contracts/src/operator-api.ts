import { z } from 'zod';
import { logSizesSchema } from './audit-api.ts';
import { digestSchema, domainImageSchema, imageNameSchema } from './compute-api.ts';
import { roleSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

/** `GET /status` on the operator's socket in the data folder. */
export const operatorStatusSchema = z.object({
  processId: z.int(),
  consoleUrl: z.string(),
  startedAt: z.string(),
  profileCount: z.int(),
  runningAppCount: z.int(),
});
/** `GET /people` */
export const operatorPeopleSchema = z.object({
  people: z.array(
    z.object({
      profileName: profileNameSchema,
      displayName: z.string(),
      role: roleSchema,
      team: z.string(),
      disabled: z.boolean(),
    }),
  ),
});

export type OperatorStatus = z.infer<typeof operatorStatusSchema>;

/** `GET /audit`: where the trail stands in the control plane's memory, and what the logs take. */
export const operatorAuditSchema = z.object({
  last: z.object({ sequence: z.int().nonnegative(), hash: z.string() }),
  sizes: logSizesSchema,
});
export type OperatorAudit = z.infer<typeof operatorAuditSchema>;

/** `GET /metrics`: what Prometheus scrapes, in its text format. */
export const operatorMetricsSchema = z.object({ text: z.string() });
export type OperatorMetrics = z.infer<typeof operatorMetricsSchema>;

/** `POST /authority/rotate` */
export const rotateAuthorityRequestSchema = z.strictObject({
  /** The authority of before is trusted no longer, and programs that run fail. */
  immediately: z.boolean(),
});
export const authorityRotationSchema = z.object({
  /** SHA-256, as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: z.string(),
  expiresAt: z.string(),
  /** `null`: no longer. */
  previousTrustedUntil: z.string().nullable(),
});
export type AuthorityRotation = z.infer<typeof authorityRotationSchema>;

/** `POST /homes/:profileName/snapshots`, and one of what `GET` lists. */
export const homeSnapshotSchema = z.object({
  snapshotId: z.string(),
  createdAt: z.string(),
});
export type HomeSnapshot = z.infer<typeof homeSnapshotSchema>;
export const homeSnapshotsSchema = z.object({ snapshots: z.array(homeSnapshotSchema) });

export const createSnapshotRequestSchema = z.strictObject({
  /** Ends the studio where it runs; without it that is refused. */
  stopStudio: z.boolean(),
});

/** `POST /homes/:profileName/snapshots/:snapshotId/restore` */
export const restoreSnapshotRequestSchema = z.strictObject({
  /** A new folder, in the home. */
  target: z.string().min(1).max(1024),
});
export const homeSnapshotRestorationSchema = z.object({ target: z.string() });

/** `POST /images`: an image of the domain file, in its words. Answered at once; `GET /images` tells how it goes. */
export const addImageRequestSchema = z.strictObject({
  imageName: imageNameSchema,
  displayName: z.string().min(1).max(128),
  description: z.string().min(1).max(500).optional(),
  version: z.string().min(1).max(64).optional(),
  icon: z.string().min(1).max(4096).optional(),
  rootFileSystem: z.union([
    z.literal('host'),
    z.strictObject({ folder: z.string().min(1).max(4096) }),
    z.strictObject({
      /** As skopeo names it, with an absolute path where it is a file or a folder. */
      oci: z
        .string()
        .max(4096)
        .regex(/^(?:oci|oci-archive|docker-archive):.+|^docker:\/\/.+/),
      digest: digestSchema.optional(),
    }),
  ]),
  kernels: z.array(z.string().min(1).max(128)).min(1).max(50).optional(),
});
export type AddImageRequest = z.infer<typeof addImageRequestSchema>;

/** `POST /images/:imageName/check`: prepared anew where it had failed, and each kernel tried. */
export const imageCheckSchema = z.object({
  image: domainImageSchema,
  kernels: z.array(
    z.object({
      name: z.string(),
      displayName: z.string(),
      /** `ran`: it ran a cell. `answered`: it answered; there is no cell in its language. */
      outcome: z.enum(['ran', 'answered', 'failed']),
      /** What went wrong. */
      message: z.string().nullable(),
      milliseconds: z.number().nonnegative(),
    }),
  ),
});
export type ImageCheck = z.infer<typeof imageCheckSchema>;

/** `DELETE /images/:imageName` */
export const imageRemovalSchema = z.object({ imageName: imageNameSchema });
