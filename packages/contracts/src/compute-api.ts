import { z } from 'zod';
import { appTypeSchema, timestampSchema } from './console-api.ts';
import { appIdSchema, kernelIdSchema, profileNameSchema } from './ids.ts';

/**
 * Images, instance types and what runs on them. On a studio's origin everything below is answered by the
 * control plane, never by the agent.
 */

/** SageMaker's own rule (CreateImage, ImageName). */
export const imageNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/);

/** `system` is the size of a studio's own server; no kernel runs on it. */
export const instanceTypeNameSchema = z
  .string()
  .max(64)
  .regex(/^(?:system|ml\.[a-z0-9-]+\.[a-z0-9]+)$/);

/** `sha256:` and 64 lower-case hexadecimal digits (OCI Image Specification, "Digests"). */
export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One sentence in each language a person may read. */
export const sentenceSchema = z.object({ english: z.string(), korean: z.string() });
export type Sentence = z.infer<typeof sentenceSchema>;

/** ISO 4217. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

/** In the price table's currency; null where the table has no price, 0 where it is free. */
const pricePerHour = z.number().nonnegative().nullable();

/** A kernel that an image offers. */
export const imageKernelSchema = z.object({
  /**
   * What a notebook and the Jupyter server API call it: the kernel spec's own name for the domain's
   * default image, `<imageName>__<spec>` for every other (an image's name has no underscore).
   */
  name: z.string(),
  displayName: z.string(),
  language: z.string(),
});
export type ImageKernel = z.infer<typeof imageKernelSchema>;

export const imageSchema = z.object({
  imageName: imageNameSchema,
  displayName: z.string(),
  description: z.string().nullable(),
  version: z.string().nullable(),
  /** Null for the host's own programs, which have none. */
  digest: digestSchema.nullable(),
  /** Where the picture is on the origin that answered; null where it has none. */
  iconUrl: z.string().nullable(),
  isDefault: z.boolean(),
  state: z.enum(['ready', 'preparing', 'failed']),
  /** Why it has failed, or what it waits for. */
  reason: sentenceSchema.nullable(),
  /** Empty until it is ready. */
  kernels: z.array(imageKernelSchema),
});
export type Image = z.infer<typeof imageSchema>;

export const instanceTypeSchema = z.object({
  instanceType: instanceTypeNameSchema,
  vcpuCount: z.number().positive(),
  memoryMebibytes: z.int().positive(),
  gpuCount: z.int().nonnegative(),
  pricePerHour,
  isDefault: z.boolean(),
  /** `busy`: every GPU is taken; who asks waits in the queue. `unavailable`: not on this machine. */
  availability: z.enum(['available', 'busy', 'unavailable']),
  /** Why, unless it is available; also what this machine cannot hold to, such as more processors than it has. */
  reason: sentenceSchema.nullable(),
});
export type InstanceType = z.infer<typeof instanceTypeSchema>;

export const pricesSchema = z.object({
  currency: currencySchema,
  /** The region whose prices these are. */
  region: z.string(),
  /** What one unit of the currency is in won, for those who read Korean; null: shown as it is. */
  wonPerUnit: z.number().positive().nullable(),
});
export type Prices = z.infer<typeof pricesSchema>;

/**
 * `GET /strongroom/api/compute` on a studio's origin: what this person may choose from. What policy keeps
 * from them is not in it.
 */
export const studioComputeSchema = z.object({
  images: z.array(imageSchema),
  instanceTypes: z.array(instanceTypeSchema),
  prices: pricesSchema,
});
export type StudioCompute = z.infer<typeof studioComputeSchema>;

/** What a person sees of a start. */
export const appStageSchema = z.enum([
  'queued',
  'starting-sandbox',
  /** It runs; the kernel in it has not answered yet (the agent knows when it has). */
  'running',
  'ending',
]);
export type AppStage = z.infer<typeof appStageSchema>;

/** One running app with what it uses, against what it may. */
export const appUsageSchema = z.object({
  appId: appIdSchema,
  appType: appTypeSchema,
  /** Null for the studio's own server. */
  kernelId: kernelIdSchema.nullable(),
  imageName: z.string(),
  /** The image has a newer digest than the one it was started from: a restart brings it. */
  hasNewerImage: z.boolean(),
  instanceType: z.string(),
  pricePerHour,
  stage: appStageSchema,
  /** From 1, where `queued`. */
  queuePosition: z.int().positive().nullable(),
  startedAt: timestampSchema,
  memoryBytes: z.number().nonnegative().nullable(),
  memoryLimitBytes: z.number().positive(),
  /** Processors in use on average since the question before; 1 is one whole processor. */
  cpuCount: z.number().nonnegative().nullable(),
  cpuLimit: z.number().positive(),
  gpus: z.array(
    z.object({
      index: z.int().nonnegative(),
      name: z.string(),
      /** Percent; null where the driver does not tell. */
      utilizationPercent: z.number().nullable(),
      memoryBytes: z.number().nullable(),
      memoryTotalBytes: z.number().nullable(),
    }),
  ),
  /** When it will be ended for want of work; null: not foreseen. */
  idleEndsAt: timestampSchema.nullable(),
  /** When its longest permitted life ends; null: none is set. */
  lifetimeEndsAt: timestampSchema.nullable(),
});
export type AppUsage = z.infer<typeof appUsageSchema>;

/**
 * `GET /strongroom/api/compute/apps` on a studio's origin. `DELETE …/apps/<appId>` stops one (also one that
 * is queued), `POST …/apps/<appId>/keep-running` sets its idle time back; both answer 204.
 */
export const studioAppsSchema = z.object({ apps: z.array(appUsageSchema) });
export type StudioApps = z.infer<typeof studioAppsSchema>;

/** One of the running apps, as administrators see it: `GET /api/compute/apps` on the console. */
export const domainAppUsageSchema = appUsageSchema.extend({ profileName: profileNameSchema });
export type DomainAppUsage = z.infer<typeof domainAppUsageSchema>;
export const domainAppUsagesSchema = z.object({ apps: z.array(domainAppUsageSchema) });
export type DomainAppUsages = z.infer<typeof domainAppUsagesSchema>;

/** `GET /api/images`: what the caller may use; for administrators and auditors all, with more about each. */
export const domainImageSchema = imageSchema.extend({
  source: z.enum(['host', 'folder', 'oci']),
  /** As the domain file says it. */
  reference: z.string().nullable(),
  sizeBytes: z.number().nonnegative().nullable(),
  architecture: z.string().nullable(),
  addedAt: timestampSchema.nullable(),
  runningAppCount: z.int().nonnegative(),
});
export type DomainImage = z.infer<typeof domainImageSchema>;
export const domainImagesSchema = z.object({ images: z.array(domainImageSchema) });
export type DomainImages = z.infer<typeof domainImagesSchema>;

/** `GET /api/instance-types` */
export const domainInstanceTypesSchema = z.object({
  instanceTypes: z.array(instanceTypeSchema),
  prices: pricesSchema,
  gpus: z.array(
    z.object({
      index: z.int().nonnegative(),
      name: z.string(),
      memoryBytes: z.number().nullable(),
      /** The app that holds it. */
      heldBy: z.object({ appId: appIdSchema, profileName: profileNameSchema }).nullable(),
    }),
  ),
});
export type DomainInstanceTypes = z.infer<typeof domainInstanceTypesSchema>;

/**
 * What the agent gets for `describeKernels`: the kernels of every image that its owner may use. `argv`,
 * `environment` are the image's own words and run only inside its sandbox; the agent's default kernel spec
 * names the domain's default image.
 */
export const offeredKernelSchema = z.object({
  name: z.string(),
  imageName: imageNameSchema,
  /** The kernel spec's name in its image. */
  specName: z.string(),
  /** Absolute, in the image: what `{resource_dir}` stands for. */
  folder: z.string(),
  argv: z.array(z.string()).min(1),
  displayName: z.string(),
  language: z.string(),
  interruptMode: z.enum(['signal', 'message']),
  environment: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.unknown()),
});
export type OfferedKernel = z.infer<typeof offeredKernelSchema>;
export const offeredKernelsSchema = z.object({
  defaultName: z.string().nullable(),
  kernels: z.array(offeredKernelSchema),
});
export type OfferedKernels = z.infer<typeof offeredKernelsSchema>;

/**
 * In a notebook's metadata, and in `kernel` of `POST /api/sessions` and `PATCH /api/sessions/<id>` beside
 * `name`: the instance type its kernel runs on (SageMaker Studio Classic writes the same key).
 */
export const instanceTypeKey = 'instance_type';
