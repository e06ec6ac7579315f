import { z } from 'zod';
import { instanceTypeNameSchema } from './compute-api.ts';
import { appStatusSchema, timestampSchema } from './console-api.ts';
import { appIdSchema, profileNameSchema } from './ids.ts';

/** Where the domain's studios are SageMaker's (`compute.runtime: sagemaker`): its spaces, and what runs in them. */

/** SageMaker's own rule (CreateSpace, SpaceName). */
export const spaceNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/);

/** SageMaker's space statuses (DescribeSpace). */
export const spaceStatusSchema = z.enum([
  'Pending',
  'InService',
  'Updating',
  'Deleting',
  'Failed',
  'Update_Failed',
  'Delete_Failed',
]);
export type SpaceStatus = z.infer<typeof spaceStatusSchema>;

export const spaceSchema = z.object({
  spaceName: spaceNameSchema,
  profileName: profileNameSchema,
  status: spaceStatusSchema,
  /** What SageMaker said of a failure; null where there is none. */
  failureReason: z.string().nullable(),
  /** What its next app runs on; null where SageMaker chooses. */
  instanceType: z.string().nullable(),
  createdAt: timestampSchema,
  /** Its newest JupyterLab app; null: it never had one, or none within the last day. */
  app: z
    .object({
      appId: appIdSchema,
      status: appStatusSchema,
      instanceType: z.string(),
      startedAt: timestampSchema,
      failureReason: z.string().nullable(),
    })
    .nullable(),
  /** What an hour of its app costs, in the price table's currency; null where the table has no price. */
  pricePerHour: z.number().nonnegative().nullable(),
});
export type Space = z.infer<typeof spaceSchema>;

/** `GET /api/profiles/:profileName/spaces`: the private spaces that this profile owns. */
export const spacesSchema = z.object({ spaces: z.array(spaceSchema) });
export type Spaces = z.infer<typeof spacesSchema>;

/**
 * `POST /api/profiles/:profileName/spaces`: answered with the space, which is `Pending`. A person has one, of
 * the profile's own name: the policies of the domain know it by that.
 */
export const createSpaceRequestSchema = z.strictObject({ instanceType: instanceTypeNameSchema });
export type CreateSpaceRequest = z.infer<typeof createSpaceRequestSchema>;

/** `PATCH /api/profiles/:profileName/spaces/:spaceName`; 204. Its app has to be stopped. `DELETE` answers 202. */
export const updateSpaceRequestSchema = z.strictObject({ instanceType: instanceTypeNameSchema });
export type UpdateSpaceRequest = z.infer<typeof updateSpaceRequestSchema>;

/** The body of `POST /api/profiles/:profileName/launches`; without a space SageMaker's own first page opens. */
export const launchRequestSchema = z.strictObject({ spaceName: spaceNameSchema.optional() });
