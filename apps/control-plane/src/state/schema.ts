import type {
  AppStatus,
  AppType,
  EgressMode,
  EgressState,
  Language,
  RepositoryPermission,
  Theme,
} from '@strongroom/contracts';
import type { Generated } from 'kysely';
import type { JobSchedulesTable, JobsTable } from './job-tables.ts';

/**
 * The tables. Times are milliseconds since 1970 in UTC; booleans are 0 and 1. No token is stored,
 * only the lower-case hexadecimal SHA-256 of one (each is random and at least 256 bits, so a plain
 * hash cannot be searched).
 */
export interface Schema {
  installation: InstallationTable;
  host_uids: HostUidsTable;
  people: PeopleTable;
  sessions: SessionsTable;
  studio_sessions: StudioSessionsTable;
  presigned_urls: PresignedUrlsTable;
  apps: AppsTable;
  egress_requests: EgressRequestsTable;
  temporary_credentials: TemporaryCredentialsTable;
  audit_anchor: AuditAnchorTable;
  account_handovers: AccountHandoversTable;
  shares: SharesTable;
  share_versions: ShareVersionsTable;
  share_views: ShareViewsTable;
  share_comments: ShareCommentsTable;
  repositories: RepositoriesTable;
  lfs_objects: LfsObjectsTable;
  personal_tokens: PersonalTokensTable;
  metered_apps: MeteredAppsTable;
  meter_heartbeat: MeterHeartbeatTable;
  budget_grants: BudgetGrantsTable;
  budget_warnings: BudgetWarningsTable;
  jobs: JobsTable;
  job_schedules: JobSchedulesTable;
}

/** One row. */
interface InstallationTable {
  installation_id: string;
  created_at: number;
}

/** Rows are never deleted: a uid that once owned files is not given to anyone else. */
interface HostUidsTable {
  host_uid: number;
  profile_name: string;
  allocated_at: number;
}

interface PeopleTable {
  profile_name: string;
  /** argon2id in PHC format; null: nobody can sign in until a one-time password is made. */
  password_hash: string | null;
  must_change_password: 0 | 1;
  disabled: 0 | 1;
  host_uid: number;
  language: Language;
  theme: Theme;
  created_at: number;
}

/** The console's sessions. */
interface SessionsTable {
  session_hash: string;
  /** Names the session where its token must not appear. */
  session_id: string;
  profile_name: string;
  csrf_token: string;
  created_at: number;
  last_seen_at: number;
  ended_at: number | null;
}

interface StudioSessionsTable {
  token_hash: string;
  profile_name: string;
  /** The console session it lives and dies with. */
  session_id: string;
  created_at: number;
}

interface PresignedUrlsTable {
  token_hash: string;
  profile_name: string;
  session_id: string;
  expires_at: number;
  used_at: number | null;
}

interface EgressRequestsTable {
  request_id: string;
  /** JSON, as the API gives it. */
  subject: string;
  mode: EgressMode;
  /** JSON, as the API gives it. */
  destinations: string;
  reason: string;
  requested_by: string;
  requested_at: number;
  ends_at: number;
  state: EgressState;
  decided_by: string | null;
  decided_at: number | null;
  ended_by: string | null;
  ended_at: number | null;
}

interface AppsTable {
  app_id: string;
  app_type: AppType;
  app_name: string;
  profile_name: string;
  status: AppStatus;
  image_name: string;
  instance_type: string;
  started_at: number;
  ended_at: number | null;
  end_reason: string | null;
}

/** Of what notebooks sign with; their secrets are derived and stored nowhere. */
interface TemporaryCredentialsTable {
  access_key_id: string;
  profile_name: string;
  /** The JupyterServer app whose studio they were made for. */
  app_id: string;
  issued_at: number;
  expires_at: number;
  /** Set where they ended before they expired. */
  ended_at: number | null;
}

/** One row: how far the audit trail went. */
interface AuditAnchorTable {
  only_row: 1;
  sequence: number;
  hash: string;
}

/** Who could have signed in as whom: whoever made an account or its one-time password knew it. */
interface AccountHandoversTable {
  /** Kept also where the person is removed, so that removing a go-between hides nothing. */
  profile_name: string;
  given_by: string;
  given_at: number;
}

/** Shared notebooks. What is in one is in the sharing bucket; titles are plain, all else that people wrote is sealed. */
interface SharesTable {
  share_id: string;
  owner: string;
  title: string;
  sealed_source_path: Uint8Array;
  /** The share's own data key, under the domain's. */
  wrapped_key: Uint8Array;
  /** JSON, as the API gives it. */
  audience: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  /** Null also where it ended with its owner's profile. */
  revoked_by: string | null;
}

interface ShareVersionsTable {
  share_id: string;
  version: number;
  created_at: number;
  /** Null: there is none. */
  sealed_note: Uint8Array | null;
  includes_outputs: 0 | 1;
  size_bytes: number;
  cell_count: number;
  sha256: string;
}

interface ShareViewsTable {
  share_id: string;
  viewed_at: number;
  profile_name: string;
  version: number | null;
  kind: 'viewed' | 'copied' | 'refused';
}

interface ShareCommentsTable {
  comment_id: string;
  share_id: string;
  version: number;
  cell_index: number | null;
  author: string;
  created_at: number;
  sealed_text: Uint8Array;
  resolved_at: number | null;
  resolved_by: string | null;
}

/** Hosted Git repositories; what is in them lies in the repositories' volume. */
interface RepositoriesTable {
  /** Names the folder: a repository that is made anew under an old name begins empty. */
  repository_id: string;
  name: string;
  description: string;
  /** A profile's name, also where the profile is gone. */
  owner: string;
  default_branch: string;
  /** JSON, as the API gives it. */
  access: string;
  /** JSON: names without `refs/heads/`. */
  protected_branches: string;
  created_at: number;
  pushed_at: number | null;
  size_bytes: number;
}

/** Large files (Git LFS) that are in the object store for a repository. */
interface LfsObjectsTable {
  repository_id: string;
  object_id: string;
  size_bytes: number;
  stored_at: number;
}

/** What Git outside the studios signs in with. */
interface PersonalTokensTable {
  token_id: string;
  token_hash: string;
  profile_name: string;
  name: string;
  permission: RepositoryPermission;
  /** How the token begins, to tell it from others. */
  hint: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
}

/** What each app is charged for. Durations are measured, and not the difference of two times of day. */
interface MeteredAppsTable {
  record_id: Generated<number>;
  app_id: string;
  app_type: AppType;
  profile_name: string;
  /** Of the profile when the app started. */
  team: string;
  image_name: string;
  instance_type: string;
  /** As it was when the app started; null: it has none. */
  price_per_hour: number | null;
  started_at: number;
  /** Milliseconds since the control plane that started it began to count. */
  started_elapsed: number;
  /** `started_at` and what was measured; null while it runs. */
  ended_at: number | null;
  metered_milliseconds: number | null;
  /** Of these, how long nothing worked. */
  idle_milliseconds: number;
}

/** One row: how far the control plane that runs, or was killed, had counted. */
interface MeterHeartbeatTable {
  only_row: 1;
  elapsed: number;
  beaten_at: number;
}

interface BudgetGrantsTable {
  grant_id: Generated<number>;
  kind: 'person' | 'team';
  name: string;
  month: string;
  amount: number;
  reason: string;
  granted_by: string;
  granted_at: number;
}

/** What was told already, once for each limit that a budget had. */
interface BudgetWarningsTable {
  kind: 'person' | 'team';
  name: string;
  month: string;
  limit_amount: number;
  reached_percent: number;
  reached_at: number;
}
