import { z } from 'zod';
import { imageNameSchema, instanceTypeNameSchema } from './compute-api.ts';
import { timestampSchema } from './console-api.ts';
import { bucketNameSchema, profileNameSchema } from './ids.ts';

/**
 * Notebooks that run without a browser. The same routes at `/api/jobs…` on the console and at
 * `/strongroom/api/jobs…` on a studio's origin, where they are the owner's alone.
 */

export const jobIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;

/** Relative to the home, with `/` between. */
const homePath = z.string().min(1).max(4096);

/** Papermill's rule: injected after the cell tagged `parameters`, or first where there is none. */
export const jobParametersSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/),
  z.union([z.string().max(10_000), z.number(), z.boolean()]),
);

export const jobOutputSchema = z.discriminatedUnion('kind', [
  /** A folder of the home; '' is the home. */
  z.strictObject({ kind: z.literal('home'), folder: z.string().max(4096) }),
  z.strictObject({
    kind: z.literal('bucket'),
    bucket: bucketNameSchema,
    prefix: z.string().max(512),
  }),
]);

export const jobDefinitionSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  notebookPath: homePath.regex(/\.ipynb$/),
  parameters: jobParametersSchema,
  /** The kernel's name as in `imageKernelSchema`; null: the notebook's own. */
  kernelName: z.string().max(256).nullable(),
  imageName: imageNameSchema.nullable(),
  /** Null: the notebook's own (`instanceTypeKey`), and the domain's default where it names none. */
  instanceType: instanceTypeNameSchema.nullable(),
  output: jobOutputSchema,
  /** How often it is tried again where it fails by no fault of the notebook (a lost machine, no room). */
  maximumRetries: z.int().min(0).max(5),
  maximumMinutes: z.int().min(1).max(43_200),
});
export type JobDefinition = z.infer<typeof jobDefinitionSchema>;

export const jobStatusSchema = z.enum([
  'queued',
  'starting',
  'running',
  'completed',
  'failed',
  'cancelling',
  'cancelled',
]);
export type JobStatus = z.infer<typeof jobStatusSchema>;

export const jobSchema = z.object({
  jobId: jobIdSchema,
  profileName: profileNameSchema,
  definition: jobDefinitionSchema,
  /** The schedule that made it. */
  scheduleId: jobIdSchema.nullable(),
  status: jobStatusSchema,
  attempt: z.int().positive(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.nullable(),
  endedAt: timestampSchema.nullable(),
  /** Of the cells of the person's notebook, all of them: one that parameters add is none of these. */
  progress: z.object({ finishedCells: z.int(), totalCells: z.int() }).nullable(),
  /** Where the output notebook is once it has ended: a path in the home, or `s3://bucket/key`. */
  outputLocation: z.string().nullable(),
  failure: z.object({ code: z.string(), message: z.string(), cell: z.int().nullable() }).nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** `GET …/jobs?limit=&cursor=`, newest first; `POST …/jobs` with a definition answers a job. */
export const jobListSchema = z.object({ jobs: z.array(jobSchema), cursor: z.string().nullable() });
export type JobList = z.infer<typeof jobListSchema>;

/** `GET …/jobs/<jobId>/log`: what ran when, and what the kernel wrote, the last 1 MiB of it. */
export const jobLogSchema = z.object({
  lines: z.array(z.object({ time: timestampSchema, text: z.string() })),
});
export type JobLog = z.infer<typeof jobLogSchema>;

/** Five fields (POSIX crontab), in the time zone named (IANA). */
export const jobScheduleRequestSchema = z.strictObject({
  definition: jobDefinitionSchema,
  cron: z.string().min(9).max(200),
  timeZone: z.string().min(1).max(64),
  isEnabled: z.boolean(),
});
export type JobScheduleRequest = z.infer<typeof jobScheduleRequestSchema>;

export const jobScheduleSchema = jobScheduleRequestSchema.extend({
  scheduleId: jobIdSchema,
  profileName: profileNameSchema,
  createdAt: timestampSchema,
  nextRunAt: timestampSchema.nullable(),
  lastJobId: jobIdSchema.nullable(),
});
export type JobSchedule = z.infer<typeof jobScheduleSchema>;

/** `GET`, `POST …/job-schedules`; `PUT`, `DELETE …/job-schedules/<scheduleId>`. `POST …/jobs/<jobId>/cancel` answers 204. */
export const jobSchedulesSchema = z.object({ schedules: z.array(jobScheduleSchema) });
export type JobSchedules = z.infer<typeof jobSchedulesSchema>;

/** What the control plane tells an agent to run, and what the agent answers while it does. */
export const runNotebookRequestSchema = z.object({
  jobId: jobIdSchema,
  /** Absolute, inside the home. */
  notebookFile: z.string(),
  /** Where the output notebook goes: absolute, inside the home; written whole or not at all. */
  outputFile: z.string(),
  parameters: jobParametersSchema,
  kernelName: z.string().nullable(),
  /** Null: the notebook's own, and the domain's default where it names none. */
  instanceType: instanceTypeNameSchema.nullable(),
});
export type RunNotebookRequest = z.infer<typeof runNotebookRequestSchema>;
