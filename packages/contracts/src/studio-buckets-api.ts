import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { bucketNameSchema } from './ids.ts';

/** A bucket as a studio's notebooks see it. */
export const studioBucketSchema = z.object({
  bucket: bucketNameSchema,
  mayRead: z.boolean(),
  mayWrite: z.boolean(),
  mayDelete: z.boolean(),
});
export type StudioBucket = z.infer<typeof studioBucketSchema>;

/** `GET /strongroom/api/buckets` on a studio's origin: those that may be listed, by name. */
export const studioBucketListSchema = z.object({ buckets: z.array(studioBucketSchema) });
export type StudioBucketList = z.infer<typeof studioBucketListSchema>;

/** `GET /strongroom/api/buckets/<bucket>?prefix=…&continuationToken=…`: one level, by 1,000. */
export const studioFolderSchema = z.object({
  /** Whole prefixes, each with its slash at the end. */
  folders: z.array(z.string()),
  objects: z.array(z.object({ key: z.string(), sizeBytes: z.int(), modifiedAt: timestampSchema })),
  /** Null at the end. */
  continuationToken: z.string().nullable(),
});
export type StudioFolder = z.infer<typeof studioFolderSchema>;
