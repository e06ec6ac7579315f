import { z } from 'zod';
import { timestampSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

import { isSharedSuffix } from './shared-suffix.ts';
import { visibleTextSchema } from './visible-text.ts';

/** A DNS name in lower case, or `*.` and one: every name below it, not the name itself. */
const nameFormSchema = z
  .string()
  .max(253)
  .regex(/^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

/** Such a name as may be asked for: `*.com`, `*.co.kr` or `*.github.io` would be everybody's. */
export const egressNameSchema = nameFormSchema.refine(
  (name) => !name.startsWith('*.') || !isSharedSuffix(name.slice(2)),
  { error: 'anybody may have a name below it: write the whole name, or one that has one owner' },
);

export const egressPortSchema = z.int().min(1).max(65_535);

/** Whose studios a request is about. */
export const egressSubjectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('domain') }),
  z.strictObject({ kind: z.literal('team'), team: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('person'), profileName: profileNameSchema }),
]);
export type EgressSubject = z.infer<typeof egressSubjectSchema>;

export const egressModeSchema = z.enum(['allow-list', 'open']);
export type EgressMode = z.infer<typeof egressModeSchema>;

export const egressDestinationSchema = z.object({
  /** The allow-list of the domain file that it was taken from; null: written in the request. */
  list: z.string().nullable(),
  names: z.array(nameFormSchema).min(1).max(200),
  ports: z.array(egressPortSchema).min(1).max(20),
});
export type EgressDestination = z.infer<typeof egressDestinationSchema>;

/** `POST /api/egress/requests` */
export const egressRequestInputSchema = z.strictObject({
  subject: egressSubjectSchema,
  mode: egressModeSchema,
  /** Names of the domain file's allow-lists. */
  allowLists: z.array(z.string().max(64)).max(50).default([]),
  names: z.array(egressNameSchema).max(200).default([]),
  ports: z.array(egressPortSchema).max(20).default([443]),
  reason: visibleTextSchema(10, 500),
  endsAt: timestampSchema,
});
export type EgressRequestInput = z.output<typeof egressRequestInputSchema>;

/**
 * Pending until a second administrator approves or refuses it; Approved until its end time, or until
 * somebody ends it; Expired when its end time came.
 */
export const egressStateSchema = z.enum([
  ...['Pending', 'Approved', 'Refused', 'Withdrawn', 'Ended', 'Expired'],
] as const);
export type EgressState = z.infer<typeof egressStateSchema>;

export const egressRequestSchema = z.object({
  requestId: z.string(),
  subject: egressSubjectSchema,
  mode: egressModeSchema,
  /** Empty for `open`. As they were when it was asked for: the domain file may say otherwise now. */
  destinations: z.array(egressDestinationSchema),
  reason: z.string(),
  requestedBy: profileNameSchema,
  requestedAt: timestampSchema,
  endsAt: timestampSchema,
  state: egressStateSchema,
  decidedBy: profileNameSchema.nullable(),
  decidedAt: timestampSchema.nullable(),
  endedBy: profileNameSchema.nullable(),
  endedAt: timestampSchema.nullable(),
});
export type EgressRequest = z.infer<typeof egressRequestSchema>;

/** What one studio can reach at this moment. */
export const egressNowSchema = z.object({
  mode: z.enum(['off', 'allow-list', 'open']),
  destinations: z.array(egressDestinationSchema),
  /** When the first of what is open ends; null where nothing is. */
  until: timestampSchema.nullable(),
});
export type EgressNow = z.infer<typeof egressNowSchema>;

/** `GET /api/egress` */
export const egressSchema = z.object({
  now: egressNowSchema,
  allowLists: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullable(),
      names: z.array(z.string()),
      ports: z.array(z.number()),
    }),
  ),
  maximumHours: z.number(),
  /** One's own and those about oneself; everybody's for who may list them. Newest first. */
  requests: z.array(egressRequestSchema),
  mayRequest: z.boolean(),
  mayDecide: z.boolean(),
});
export type Egress = z.infer<typeof egressSchema>;

const cell = z.union([z.string(), z.number()]);

/** One line of the flow log: VPC flow log fields under AWS's names, then ours. */
export const flowSchema = z.record(z.string(), cell);
export type Flow = z.infer<typeof flowSchema>;

/** `GET /api/flows?from=&to=&profileName=&action=&name=&protocol=&endpoint=&cursor=`; newest first. */
export const flowsSchema = z.object({
  flows: z.array(flowSchema),
  /** Given back to read on; null at the end. */
  cursor: z.string().nullable(),
});
export type Flows = z.infer<typeof flowsSchema>;

/** `GET /api/flows/summary`, with the same parameters: attempts by name, of all that fits. */
export const flowSummarySchema = z.object({
  /** The names tried most. */
  names: z.array(z.object({ name: z.string(), accepted: z.number(), rejected: z.number() })),
  /** False: the log is too long to be counted whole; the latest part of it was. */
  isComplete: z.boolean(),
});
export type FlowSummary = z.infer<typeof flowSummarySchema>;
