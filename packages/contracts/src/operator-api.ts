import { z } from 'zod';
import { logSizesSchema } from './audit-api.ts';
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
