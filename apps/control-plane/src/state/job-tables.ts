import type { JobStatus } from '@strongroom/contracts';
import type { Generated } from 'kysely';

/** Notebooks that run without a page. Texts of people's are in what is sealed. */
export interface JobsTable {
  /** Grows: the order in which they were made. */
  position: Generated<number>;
  job_id: string;
  profile_name: string;
  schedule_id: string | null;
  status: JobStatus;
  attempt: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  wrapped_key: Uint8Array;
  /** JSON: definition, progress, output and failure. */
  sealed_document: Uint8Array;
  /** JSON: the last 1 MiB. */
  sealed_log: Uint8Array | null;
}

export interface JobSchedulesTable {
  schedule_id: string;
  profile_name: string;
  created_at: number;
  is_enabled: 0 | 1;
  next_run_at: number | null;
  last_job_id: string | null;
  wrapped_key: Uint8Array;
  /** JSON: the request. */
  sealed_document: Uint8Array;
}
