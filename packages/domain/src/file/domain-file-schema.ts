import {
  bucketNameSchema,
  currencySchema,
  digestSchema,
  egressNameSchema,
  egressPortSchema,
  profileNameSchema,
  roleSchema,
  type ScanRule,
  scanActionSchema,
  scanRuleSchema,
  visibleLinePattern,
  visibleNameSchema,
} from '@strongroom/contracts';
import { z } from 'zod';
import { awsSectionSchema } from './aws-section.ts';

const text = (maximumLength: number) => z.string().trim().min(1).max(maximumLength);
const line = (maximumLength: number) => text(maximumLength).regex(visibleLinePattern);
/** One DNS name in lower case (RFC 1123, section 2.1). */
const hostName = z
  .string()
  .max(200)
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/);

/** `strongroom.yaml` as it is written. What refers to something else is checked apart from this. */
export const domainFileSchema = z.strictObject({
  domain: z.strictObject({
    name: z.string().regex(/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/),
    accountId: z.string().regex(/^\d{12}$/),
    region: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/),
  }),
  server: z.strictObject({
    listen: z.strictObject({
      address: z.union([z.ipv4(), z.ipv6()]),
      port: z.int().min(1).max(65_535),
    }),
    consoleHostName: hostName,
    studioHostName: z.templateLiteral(['*.', hostName]),
    viewerHostName: hostName.optional(),
    tls: z.strictObject({ certificateFile: line(4096), privateKeyFile: line(4096) }).optional(),
  }),
  dataFolder: line(4096),
  teams: z
    .array(z.strictObject({ name: visibleNameSchema(64), description: line(500).optional() }))
    .min(1)
    .max(1_000),
  people: z
    .array(
      z.strictObject({
        profileName: profileNameSchema,
        displayName: visibleNameSchema(100),
        role: roleSchema,
        team: visibleNameSchema(64),
      }),
    )
    .min(1)
    .max(10_000),
  images: z
    .array(
      z.strictObject({
        imageName: z.string().regex(/^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/),
        displayName: line(128),
        description: line(500).optional(),
        version: line(64).optional(),
        /** A picture (PNG or SVG) beside the domain file. */
        icon: line(4096).optional(),
        rootFileSystem: z.union([
          z.literal('host'),
          /** A folder that holds a root file system, such as debootstrap makes. */
          z.strictObject({ folder: line(4096) }),
          /**
           * An OCI image as skopeo names it: `oci:<folder>[:tag]`, `oci-archive:<file>`,
           * `docker-archive:<file>` or `docker://<host>/<name>[:tag]`.
           */
          z.strictObject({
            oci: line(4096).regex(/^(?:oci|oci-archive|docker-archive):.+|^docker:\/\/.+/),
            digest: digestSchema.optional(),
          }),
        ]),
        /** The kernel specs that are offered; all that are found where it is left out. */
        kernels: z.array(line(128)).min(1).max(50).optional(),
        /** Kernels started ahead of need for each person who signs in. */
        warmKernels: z.int().min(0).max(50).optional(),
      }),
    )
    .min(1)
    .max(100),
  instanceTypes: z
    .array(
      z.strictObject({
        instanceType: z.string().regex(/^(?:system|ml\.[a-z0-9-]+\.[a-z0-9]+)$/),
        vcpuCount: z.number().min(0.1).max(1024),
        memoryMebibytes: z.int().min(64).max(33_554_432),
        gpuCount: z.int().min(1).max(64).optional(),
        /** Goes before the price table's; 0: free. */
        pricePerHour: z.number().min(0).max(1_000_000).optional(),
        /** Ended after so long without work; left out: as `compute` says. */
        idleMinutes: z.number().positive().max(525_600).optional(),
        maximumHours: z.number().positive().max(8_760).optional(),
      }),
    )
    .min(2)
    .max(200),
  prices: z
    .strictObject({
      currency: currencySchema,
      /** A JSON file beside the domain file; the one that Strongroom ships with where it is left out. */
      table: line(4096).optional(),
      wonPerUnit: z.number().positive().max(1_000_000).optional(),
    })
    .optional(),
  compute: z
    .strictObject({
      /** `local`, a cluster's adapter, or the SageMaker domain that this file was deployed as. */
      runtime: z
        .union([
          z.literal('local'),
          z.literal('sagemaker'),
          z.strictObject({
            sagemaker: z.strictObject({
              /** Its id on AWS; found by the domain's name where it is left out. */
              domainId: z
                .string()
                .regex(/^d-[a-z0-9]{1,61}$/)
                .optional(),
            }),
          }),
          z.strictObject({
            slurm: z.strictObject({
              /** Where `slurm.conf` is; Slurm's own choice where it is left out. */
              configurationFile: line(4096).optional(),
              partition: line(128).optional(),
              /** What nodes reach the control plane under. */
              connectAddress: line(253),
              listen: z.strictObject({
                address: z.union([z.ipv4(), z.ipv6()]),
                port: z.int().min(0).max(65_535),
              }),
            }),
          }),
        ])
        .optional(),
      idleMinutes: z.number().positive().max(525_600).optional(),
      idleNoticeMinutes: z.number().positive().max(1_440).optional(),
      maximumHours: z.number().positive().max(8_760).optional(),
    })
    .optional(),
  budgets: z
    .strictObject({
      /** For everybody who is not named below. */
      perPerson: z.number().min(0).max(1_000_000_000).optional(),
      people: z
        .array(z.strictObject({ profileName: profileNameSchema, monthlyAmount: z.number().min(0) }))
        .max(10_000)
        .optional(),
      teams: z
        .array(z.strictObject({ team: visibleNameSchema(64), monthlyAmount: z.number().min(0) }))
        .max(1_000)
        .optional(),
    })
    .optional(),
  defaults: z.strictObject({ imageName: z.string(), instanceType: z.string() }),
  studios: z.strictObject({
    hibernateAfterMinutes: z.number().positive().max(525_600),
    prestart: z.enum(['server-and-kernel', 'server', 'nothing']),
    sharing: z.enum(['owner', 'team']).optional(),
    homeQuotaGibibytes: z.number().min(0.05).max(65_536).optional(),
  }),
  egress: z
    .strictObject({
      maximumHours: z.number().positive().max(8_760).optional(),
      allowLists: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[a-z](?:-?[a-z0-9]){0,62}$/),
            description: line(500).optional(),
            names: z.array(egressNameSchema).min(1).max(200),
            ports: z.array(egressPortSchema).min(1).max(20).optional(),
          }),
        )
        .max(50)
        .optional(),
      alwaysOff: z.array(profileNameSchema).max(10_000).optional(),
      allowedPrivateAddresses: z
        .array(z.union([z.cidrv4(), z.cidrv6()]))
        .max(50)
        .optional(),
      fixedAddresses: z
        .array(z.strictObject({ name: hostName, address: z.union([z.ipv4(), z.ipv6()]) }))
        .max(200)
        .optional(),
    })
    .optional(),
  keys: z
    .strictObject({
      provider: z
        .union([
          z.literal('local'),
          z.strictObject({ awsKms: z.strictObject({ region: line(64) }) }),
          z.strictObject({
            vault: z.strictObject({
              address: z.url({ protocol: /^https?$/ }),
              mount: line(128).optional(),
              tokenFile: line(4096),
            }),
          }),
        ])
        .optional(),
    })
    .optional(),
  objects: z
    .strictObject({
      store: z
        .union([
          z.literal('embedded'),
          z.strictObject({
            s3: z.strictObject({
              region: line(64),
              kmsKey: line(2048),
              endpoint: z.url({ protocol: /^https?$/ }).optional(),
            }),
          }),
        ])
        .optional(),
      listen: z
        .strictObject({ address: z.union([z.ipv4(), z.ipv6()]), port: z.int().min(0).max(65_535) })
        .optional(),
      freeSpaceFloorMebibytes: z.int().min(0).max(1_073_741_824).optional(),
    })
    .optional(),
  buckets: z
    .array(
      z.strictObject({
        name: bucketNameSchema,
        description: line(500).optional(),
        access: z
          .array(
            z.strictObject({
              to: z.union([
                z.literal('everyone'),
                z.strictObject({ team: line(64) }),
                z.strictObject({ profileName: profileNameSchema }),
              ]),
              permission: z.enum(['read', 'read-write']),
              from: z
                .array(z.enum(['studios', 'outside']))
                .min(1)
                .max(2)
                .optional(),
            }),
          )
          .max(200),
        versioning: z.boolean().optional(),
        quotaGibibytes: z.number().min(0.001).max(1_048_576).optional(),
      }),
    )
    .max(200)
    .optional(),
  sharing: z
    .strictObject({
      bucket: bucketNameSchema.optional(),
      maximumDays: z.int().min(1).max(3_650).optional(),
      defaultDays: z.int().min(1).max(3_650).optional(),
      maximumNotebookMebibytes: z.int().min(1).max(100).optional(),
      scan: z
        .strictObject(
          Object.fromEntries(
            scanRuleSchema.options.map((rule) => [rule, scanActionSchema.optional()]),
          ) as Record<ScanRule, z.ZodOptional<typeof scanActionSchema>>,
        )
        .optional(),
    })
    .optional(),
  repositories: z
    .strictObject({
      quotaGibibytes: z.number().min(0.05).max(65_536).optional(),
      maximumPushMebibytes: z.int().min(1).max(65_536).optional(),
    })
    .optional(),
  logs: z.strictObject({ retentionDays: z.int().min(1).max(36_500) }).optional(),
  policies: z
    .array(
      z.strictObject({
        document: line(4096).regex(/(?:^|\/)[a-z][a-z0-9-]{0,62}\.json$/),
        attachTo: z.union([
          z.literal('everyone'),
          z.strictObject({ role: roleSchema }),
          z.strictObject({ team: visibleNameSchema(64) }),
          z.strictObject({ profileName: profileNameSchema }),
          z.strictObject({ executionRole: profileNameSchema }),
        ]),
      }),
    )
    .max(100)
    .optional(),
  sessions: z.strictObject({
    idleMinutes: z.number().positive().max(525_600),
    absoluteHours: z.number().positive().max(8_760),
  }),
  acceptUnenforced: z.array(z.string()).max(100).optional(),
  aws: awsSectionSchema.optional(),
});
export type DomainFileContent = z.infer<typeof domainFileSchema>;

/** Keys allowed at a path, for "did you mean"; the path's numbers are list positions. */
export function knownKeysAt(path: readonly (string | number)[]): string[] {
  let schema: unknown = domainFileSchema;
  for (const step of path) {
    schema = unwrap(schema);
    if (schema instanceof z.ZodArray) schema = schema.element;
    else if (schema instanceof z.ZodObject) schema = schema.shape[String(step)];
  }
  schema = unwrap(schema);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}
