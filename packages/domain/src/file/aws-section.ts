import { profileNameSchema } from '@strongroom/contracts';
import { z } from 'zod';

/** An image of a private repository (Amazon ECR User Guide, "Private registry"). */
const imageUri = z
  .string()
  .max(255)
  .regex(/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9][a-z0-9._/-]*(?:[:@][\w.:-]+)$/);

/** What only AWS asks for; everything else is told by the rest of the domain file. */
export const awsSectionSchema = z.strictObject({
  network: z
    .strictObject({
      cidr: z.cidrv4().optional(),
      availabilityZones: z.int().min(2).max(3).optional(),
      /** Networks that this one will be connected with, such as the company's: nothing may overlap. */
      connectedNetworks: z.array(z.cidrv4()).max(50).optional(),
      /** `allow-list`: exactly the names of `egress.allowLists`, through a firewall. */
      egress: z.enum(['off', 'allow-list']).optional(),
      /** AWS's list of S3's addresses in the region; `deploy` asks AWS where it is left out. */
      s3PrefixList: z
        .string()
        .regex(/^pl-[0-9a-f]{8,17}$/)
        .optional(),
      /** Endpoints of other networks that studios may be opened and buckets be read through. */
      furtherEndpoints: z
        .array(z.string().regex(/^vpce-[0-9a-f]{8,17}$/))
        .max(20)
        .optional(),
    })
    .optional(),
  authMode: z.enum(['IAM', 'SSO']).optional(),
  /** Roles that may act as people of the domain, such as the portal's and the identity provider's. */
  trustedPrincipals: z
    .array(z.string().regex(/^arn:aws:iam::\d{12}:(?:role|saml-provider)\/[\w+=,.@/-]+$/))
    .max(20)
    .optional(),
  images: z
    .array(z.strictObject({ imageName: z.string(), uri: imageUri }))
    .max(100)
    .optional(),
  /** SageMaker's own images, beside the domain's. */
  distributionImages: z.boolean().optional(),
  services: z.array(z.enum(['athena', 'glue'])).optional(),
  spaceGibibytes: z.int().min(5).max(16_384).optional(),
  /** Stacks that people are in. A change of it moves people, which `deploy` refuses. */
  cohorts: z.int().min(1).max(100).optional(),
  repositories: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w.-]{1,100}$/),
        owner: profileNameSchema,
        access: z.enum(['owner', 'everyone']).optional(),
      }),
    )
    .max(100)
    .optional(),
  auditLockDays: z.int().min(1).max(36_500).optional(),
  logRetentionDays: z.int().min(1).max(3_653).optional(),
  alarmAddress: z.email().optional(),
  configRules: z.boolean().optional(),
});
export type AwsSectionContent = z.infer<typeof awsSectionSchema>;
