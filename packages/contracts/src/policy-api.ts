import { z } from 'zod';
import { roleSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

/** One sentence in each language that Strongroom speaks. */
export const bilingualSchema = z.object({ english: z.string(), korean: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** Whom or what a policy binds. */
export const policyBindingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('role'), role: roleSchema }),
  z.object({ kind: z.literal('team'), team: z.string() }),
  z.object({ kind: z.literal('person'), profileName: profileNameSchema }),
  /** What the notebooks and terminals of this person act as. */
  z.object({ kind: z.literal('execution-role'), profileName: profileNameSchema }),
  z.object({ kind: z.literal('every-execution-role') }),
  z.object({ kind: z.literal('endpoint'), endpoint: z.string() }),
  z.object({ kind: z.literal('bucket'), bucket: z.string() }),
  z.object({ kind: z.literal('key'), keyId: z.string() }),
]);
export type PolicyBinding = z.infer<typeof policyBindingSchema>;

export const domainPolicySchema = z.object({
  name: z.string(),
  kind: z.enum(['identity', 'boundary', 'endpoint', 'resource']),
  purpose: bilingualSchema,
  bindings: z.array(policyBindingSchema),
  /** The administrators' own file as the domain file names it; null: rendered from the domain file. */
  file: z.string().nullable(),
  /** The IAM JSON document. */
  document: z.unknown(),
});
export type DomainPolicy = z.infer<typeof domainPolicySchema>;

/** `GET /api/policies` */
export const domainPoliciesSchema = z.object({
  policies: z.array(domainPolicySchema),
  /** A file of one's own that changed and could not be read since: what was read before still holds. */
  problems: z.array(z.object({ file: z.string(), problem: z.string() })),
  /** What a document in force says that may not be what its author meant. */
  warnings: z.array(z.object({ policy: z.string(), warning: bilingualSchema })),
});
export type DomainPolicies = z.infer<typeof domainPoliciesSchema>;

/** The execution role of a person's notebooks, or the person in the console. */
export const actingAsSchema = z.enum(['person', 'notebook']);
export type ActingAs = z.infer<typeof actingAsSchema>;

/** `POST /api/policies/simulate`: asks without doing. */
export const simulationRequestSchema = z.strictObject({
  profileName: profileNameSchema,
  actingAs: actingAsSchema.default('person'),
  /** The endpoint that a notebook's call would pass. */
  endpoint: z.enum(['sts', 'api', 's3', 'git']).optional(),
  action: z.string().regex(/^[a-z0-9-]{1,64}:[A-Za-z0-9]{1,128}$/),
  /** A profile's name, `*`, or an ARN. */
  resource: z.string().min(1).max(2048),
  /** Condition keys with their values; they go before what is known of the request. */
  context: z
    .record(
      z.string().min(1).max(256),
      z.union([z.string().max(2048), z.array(z.string().max(2048)).max(100)]),
    )
    .refine((context) => Object.keys(context).length <= 50)
    .default({}),
});
export type SimulationRequest = z.input<typeof simulationRequestSchema>;

const conditionSchema = z.object({
  operator: z.string(),
  key: z.string(),
  wanted: z.array(z.string()),
  /** Null where the request does not have the key. */
  seen: z.array(z.string()).nullable(),
});

const statementSchema = z.object({
  policy: z.string(),
  statement: z.string(),
  effect: z.enum(['Allow', 'Deny']),
  /** Whether it applied, or spoke of this and its condition did not hold. */
  applied: z.boolean(),
  /** Those that held where it applied, else those that did not. */
  conditions: z.array(conditionSchema),
});

export const simulationSchema = z.object({
  allowed: z.boolean(),
  effect: z.enum(['allow', 'explicit-deny', 'implicit-deny']),
  rule: z.string(),
  sentence: bilingualSchema,
  principalArn: z.string(),
  action: z.string(),
  resourceArn: z.string(),
  statements: z.array(statementSchema),
});
export type Simulation = z.infer<typeof simulationSchema>;

/** `GET /api/policies/matrix?resource=<profileName>`: people × actions on one profile. */
export const accessMatrixSchema = z.object({
  resource: profileNameSchema,
  actions: z.array(z.string()),
  people: z.array(
    z.object({
      profileName: profileNameSchema,
      displayName: z.string(),
      role: roleSchema,
      disabled: z.boolean(),
      /** In the order of `actions`. */
      decisions: z.array(z.object({ allowed: z.boolean(), rule: z.string() })),
    }),
  ),
});
export type AccessMatrix = z.infer<typeof accessMatrixSchema>;
