import { z } from 'zod';
import { sentenceSchema } from './compute-api.ts';
import { languageSchema } from './console-api.ts';
import { kernelIdSchema } from './ids.ts';
import { jobIdSchema, runNotebookRequestSchema } from './jobs-api.ts';

export const startKernelRequestSchema = z.object({
  kernelId: kernelIdSchema,
  imageName: z.string().max(128),
  instanceType: z.string().max(64),
  /** The kernel spec's argv with `{connection_file}` already replaced. Runs only inside the sandbox. */
  argv: z.array(z.string().max(4096)).min(1).max(64),
  environment: z.record(z.string().max(256), z.string().max(32768)),
  /** Absolute, inside the home. */
  workingDirectory: z.string().max(4096),
  /**
   * False: refused where every GPU that it needs is taken, as `InstanceTypeBusy`. Otherwise it waits
   * for its turn, and the answer comes when it runs.
   */
  mayQueue: z.boolean().optional(),
});
export type StartKernelRequest = z.infer<typeof startKernelRequestSchema>;

/** A kernel that was started and that nobody has used. */
export const resizeKernelRequestSchema = z.object({
  kernelId: kernelIdSchema,
  instanceType: z.string().max(64),
});
export type ResizeKernelRequest = z.infer<typeof resizeKernelRequestSchema>;

/** It has the new limits, and is charged for as of the new type from now on. */
export const kernelResizedSchema = z.object({
  /** What its environment would have had on that type, and does not have. */
  environment: z.record(z.string(), z.string()),
});
export type KernelResized = z.infer<typeof kernelResizedSchema>;

/** What the agent asks. `id` pairs the answer; numbers grow. */
export const agentRequestSchema = z.discriminatedUnion('method', [
  z.object({ id: z.int(), method: z.literal('startKernel'), params: startKernelRequestSchema }),
  /**
   * Gives a kernel of the default instance type a larger one while it runs; it is another app from then on.
   * Decided as a start on that type is, and refused with the same codes. `KernelNotResizable`: a start may
   * succeed where this did not (GPUs, a smaller type, a cluster). Where it is refused nothing has changed.
   * Answered with `kernelResizedSchema`.
   */
  z.object({
    id: z.int(),
    method: z.literal('resizeKernel'),
    params: resizeKernelRequestSchema,
  }),
  z.object({
    id: z.int(),
    method: z.literal('stopKernel'),
    params: z.object({ kernelId: kernelIdSchema }),
  }),
  z.object({
    id: z.int(),
    method: z.literal('signalKernel'),
    params: z.object({ kernelId: kernelIdSchema, signal: z.literal('SIGINT') }),
  }),
  /** Answered with `offeredKernelsSchema`. */
  z.object({ id: z.int(), method: z.literal('describeKernels'), params: z.strictObject({}) }),
]);
export type AgentRequest = z.infer<typeof agentRequestSchema>;

/** What the agent tells without being asked. */
export const agentNoticeSchema = z.discriminatedUnion('notice', [
  /** HTTP is served from now on. */
  z.object({ notice: z.literal('ready') }),
  /** Sent whenever one of the numbers changes; decides hibernation together with the gateway's own count. */
  z.object({
    notice: z.literal('activity'),
    kernelCount: z.int().nonnegative(),
    terminalCount: z.int().nonnegative(),
    /** Those that are doing something now. */
    busyKernelIds: z.array(kernelIdSchema).max(1_000).default([]),
  }),
  z.object({
    notice: z.literal('notebookProgress'),
    jobId: jobIdSchema,
    finishedCells: z.int().nonnegative(),
    totalCells: z.int().nonnegative(),
  }),
  z.object({
    notice: z.literal('notebookOutput'),
    jobId: jobIdSchema,
    text: z.string().max(65_536),
  }),
  z.object({
    notice: z.literal('notebookEnded'),
    jobId: jobIdSchema,
    outcome: z.enum(['completed', 'failed', 'cancelled']),
    /** `cell` counts those of the person's notebook, from 0; null where it was none of them. */
    failure: z
      .object({
        code: z.string().max(64),
        message: z.string().max(4096),
        cell: z.int().nonnegative().nullable(),
        /** Not the notebook's fault: another try may go well. */
        mayRetry: z.boolean(),
      })
      .nullable(),
  }),
]);
export type AgentNotice = z.infer<typeof agentNoticeSchema>;

export const agentMessageSchema = z.union([agentRequestSchema, agentNoticeSchema]);

/** What the control plane sends to the agent. */
export const controlPlaneMessageSchema = z.union([
  z.object({ id: z.int(), result: z.object({}).loose() }),
  z.object({
    id: z.int(),
    error: z.object({ code: z.string(), message: z.string(), reference: z.string().optional() }),
  }),
  z.object({
    event: z.literal('kernelExited'),
    kernelId: kernelIdSchema,
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    outOfMemory: z.boolean(),
    /** The limit it ran under, for the message a person reads. */
    memoryLimitBytes: z.number(),
    /** True where somebody or a rule ended it in the control plane: it is not started again by itself. */
    stoppedByPerson: z.boolean(),
    /**
     * Why it ended and what to do about it, for the person who used it: stopped in the console, idle, too
     * old, over budget, or out of memory (which alone is started again by itself); null where it ended by
     * its own doing, or because the agent asked.
     */
    reason: sentenceSchema.nullable().default(null),
  }),
  /** What `describeKernels` answers has changed. */
  z.object({ event: z.literal('kernelsChanged') }),
  z.object({ event: z.literal('runNotebook'), request: runNotebookRequestSchema }),
  z.object({ event: z.literal('cancelNotebook'), jobId: jobIdSchema }),
  /**
   * Start kernels of this name ahead of need, on the default instance type, and hand each to the first
   * session that asks for one. `isKept`: another is started in the place of one that was handed over or died.
   */
  z.object({
    event: z.literal('prepareKernel'),
    kernelSpecName: z.string(),
    count: z.int().positive().default(1),
    isKept: z.boolean().default(false),
  }),
  z.object({ event: z.literal('language'), language: languageSchema }),
  /** Close terminals and connections and exit; sent before SIGTERM. */
  z.object({ event: z.literal('shutdown') }),
]);
export type ControlPlaneMessage = z.infer<typeof controlPlaneMessageSchema>;
