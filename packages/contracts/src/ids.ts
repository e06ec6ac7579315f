import { z } from 'zod';

/**
 * A user profile's name: one DNS label (RFC 1123) in lower case, at most 32 characters,
 * because it becomes a host name (`<profile>.studio.localhost`) and a folder.
 */
export const profileNameSchema = z
  .string()
  .regex(/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/)
  .brand<'ProfileName'>();
export type ProfileName = z.infer<typeof profileNameSchema>;

/** One running (or ended) sandbox. Random, 128 bits, lower-case hexadecimal. */
export const appIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'AppId'>();
export type AppId = z.infer<typeof appIdSchema>;

/** A kernel's id, as the Jupyter server API gives it (a UUID). */
export const kernelIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<'KernelId'>();
export type KernelId = z.infer<typeof kernelIdSchema>;

/**
 * A bucket's name (Amazon S3 User Guide, "General purpose bucket naming rules"), without dots: a
 * wildcard certificate covers one label.
 */
export const bucketNameSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/);
