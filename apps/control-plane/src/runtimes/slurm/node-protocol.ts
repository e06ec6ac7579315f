import { z } from 'zod';

/**
 * What the control plane and the program of a job say to each other: HTTP/2 over one TLS connection that
 * the job opens. The control plane asks, the job answers: `GET /hello` tells the token; `POST /launch`
 * starts the sandbox; `GET /exit`, `/stdout`, `/stderr`, `/usage` and `/processes` follow it;
 * `POST /signal/<name>`, `/stop/<milliseconds>`; `POST /socket/<1-5>` is a stream of bytes to a socket.
 */

/** The name in the control plane's certificate, whatever address nodes reach it under. */
export const computeHostName = 'compute.strongroom.internal';

/** Written for one job, read and removed by it. Its owner's alone. */
export const jobFileSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  /** Known to this job and the control plane; good for one connection. */
  token: z.string().length(64),
  /** PEM: whom the job trusts, and nobody else. */
  authorities: z.string(),
});
export type JobFile = z.infer<typeof jobFileSchema>;

export const helloSchema = z.strictObject({
  token: z.string().length(64),
  jobId: z.string().regex(/^\d{1,12}$/),
  nodeName: z.string().max(255),
});
export type Hello = z.infer<typeof helloSchema>;

const mountSchema = z.strictObject({
  source: z.string(),
  target: z.string(),
  mode: z.enum(['read-only', 'read-write']),
});

export const launchOrderSchema = z.strictObject({
  mode: z.enum(['root', 'rootless']),
  acceptUnenforced: z.array(z.string()),
  homesFolder: z.string().nullable(),
  /** Folders that must be the very same on both hosts, each told by its file system's kind and its inode. */
  sameFolders: z.array(z.strictObject({ path: z.string(), identity: z.string() })),
  connection: z.strictObject({ name: z.string().regex(/^[\w.-]{1,80}$/), text: z.string() }),
  spec: z.strictObject({
    appId: z.string(),
    label: z.string(),
    hostUid: z.int().nullable(),
    root: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('host') }),
      z.strictObject({ kind: z.literal('folder'), folder: z.string() }),
    ]),
    command: z.array(z.string()).min(1),
    workingDirectory: z.string(),
    environment: z.record(z.string(), z.string()),
    userName: z.string(),
    homeFolder: z.string(),
    mounts: z.array(mountSchema),
    limits: z.strictObject({
      memoryBytes: z.number(),
      cpuCount: z.number(),
      processCount: z.number(),
      openFileCount: z.number(),
      temporaryFolderBytes: z.number(),
      sharedMemoryBytes: z.number(),
    }),
  }),
});
export type LaunchOrder = z.infer<typeof launchOrderSchema>;

/** A launch that failed, as the job tells it. */
export const launchFailureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  standardError: z.string(),
});

export const exitSchema = z.strictObject({
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  outOfMemory: z.boolean(),
});

export const usageSchema = z.strictObject({
  memoryBytes: z.number(),
  processCount: z.number(),
  cpuSeconds: z.number(),
  cpuThrottledPeriodCount: z.number(),
});

export const processesSchema = z.array(
  z.strictObject({
    pid: z.int(),
    parentPid: z.int(),
    isMain: z.boolean(),
    sleepsIn: z.string().optional(),
    argv: z.array(z.string()),
  }),
);

export const socketNumbers = [1, 2, 3, 4, 5] as const;
/** Below the studio's runtime folder; what the agent makes. */
export const connectionFolder = 'k';
/** Each side asks the other whether it is there, and ends what runs where it is not. */
export const pingMilliseconds = 10_000;
