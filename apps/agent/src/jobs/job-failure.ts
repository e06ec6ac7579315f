import { AgentError } from '../http/agent-error.ts';

export type JobFailureCode =
  | 'CellFailed'
  | 'ParametersNotSupported'
  | 'OutputTooLarge'
  | 'OutOfMemory'
  | 'KernelStopped'
  | 'KernelDied';

/** Why a notebook did not run to its end. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly code: JobFailureCode;
  /** Of the person's notebook, without the cell of its parameters, from 0; null where it was none of them. */
  readonly cell: number | null;
  readonly mayRetry: boolean;

  constructor(
    code: JobFailureCode,
    message: string,
    options: { cell?: number | null; mayRetry?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.cell = options.cell ?? null;
    this.mayRetry = options.mayRetry ?? false;
  }
}

/** As the control plane is told of it (`notebookEnded`, packages/contracts). */
export interface ToldFailure {
  readonly code: string;
  readonly message: string;
  readonly cell: number | null;
  readonly mayRetry: boolean;
}

const maximumMessageLength = 4_096;
const maximumCodeLength = 64;
/** What another try would meet again. */
const lastingCodes: ReadonlySet<string> = new Set([
  'AccessDenied',
  'BudgetReached',
  'ImageNotFound',
  'InstanceTypeUnavailable',
  'InvalidRequest',
]);

export function tellFailure(error: unknown): ToldFailure {
  const message = (error instanceof Error ? error.message : String(error)).slice(
    0,
    maximumMessageLength,
  );
  if (error instanceof JobFailure) {
    const { code, cell, mayRetry } = error;
    return { code, message, cell, mayRetry };
  }
  if (!(error instanceof AgentError)) {
    return { code: 'Internal', message, cell: null, mayRetry: false };
  }
  const code = (error.controlPlaneCode ?? error.code).slice(0, maximumCodeLength);
  const mayRetry = error.code === 'Unavailable' && !lastingCodes.has(code);
  return { code, message, cell: null, mayRetry };
}
