import type { AgentNotice, JobId, ProfileName, RunNotebookRequest } from '@strongroom/contracts';

/** What an agent tells of a notebook that it runs; it may lie, about jobs of its own studio alone. */
export type JobNotice = Extract<AgentNotice, { readonly jobId: JobId }>;

export interface NotebookRunRequest {
  readonly profileName: ProfileName;
  readonly request: RunNotebookRequest;
  /** Nothing is begun where it is aborted by then. */
  readonly signal: AbortSignal;
  onNotice(notice: JobNotice): void;
}

/** A notebook that a studio's agent runs without a page. It keeps the studio awake until it is left. */
export interface NotebookRun {
  /** Asks the agent to end it; it tells when it has. */
  cancel(): void;
  /** Settles where the studio ends before: of itself, or because somebody stopped it. Never rejects. */
  readonly lost: Promise<'by-itself' | 'stopped'>;
  leave(): void;
}
