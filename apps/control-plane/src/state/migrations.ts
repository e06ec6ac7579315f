/**
 * Numbered from 1, applied in order, each in one transaction. A published migration is never
 * edited: a change is a further one.
 */
export const migrations: readonly string[] = [
  `
  create table installation (
    installation_id text primary key,
    created_at integer not null
  ) strict;

  create table host_uids (
    host_uid integer primary key,
    profile_name text not null,
    allocated_at integer not null
  ) strict;

  create table people (
    profile_name text primary key,
    password_hash text,
    must_change_password integer not null check (must_change_password in (0, 1)),
    disabled integer not null check (disabled in (0, 1)),
    host_uid integer not null unique references host_uids (host_uid),
    language text not null,
    theme text not null,
    created_at integer not null
  ) strict;

  create table sessions (
    session_hash text primary key,
    session_id text not null unique,
    profile_name text not null references people (profile_name) on delete cascade,
    csrf_token text not null,
    created_at integer not null,
    last_seen_at integer not null,
    ended_at integer
  ) strict;
  create index sessions_of_person on sessions (profile_name);

  create table studio_sessions (
    token_hash text primary key,
    profile_name text not null references people (profile_name) on delete cascade,
    session_id text not null references sessions (session_id) on delete cascade,
    created_at integer not null
  ) strict;
  create index studio_sessions_of_session on studio_sessions (session_id);

  create table presigned_urls (
    token_hash text primary key,
    profile_name text not null references people (profile_name) on delete cascade,
    session_id text not null references sessions (session_id) on delete cascade,
    expires_at integer not null,
    used_at integer
  ) strict;
  create index presigned_urls_of_session on presigned_urls (session_id);

  create table apps (
    app_id text primary key,
    app_type text not null,
    app_name text not null,
    profile_name text not null,
    status text not null,
    image_name text not null,
    instance_type text not null,
    started_at integer not null,
    ended_at integer,
    end_reason text
  ) strict;
  create index apps_of_person on apps (profile_name, started_at);
  create index apps_by_status on apps (status);
  `,
  `
  create table egress_requests (
    request_id text primary key,
    subject text not null,
    mode text not null,
    destinations text not null,
    reason text not null,
    requested_by text not null,
    requested_at integer not null,
    ends_at integer not null,
    state text not null,
    decided_by text,
    decided_at integer,
    ended_by text,
    ended_at integer
  ) strict;
  create index egress_requests_by_time on egress_requests (requested_at);
  `,
  `
  create table temporary_credentials (
    access_key_id text primary key,
    profile_name text not null,
    app_id text not null,
    issued_at integer not null,
    expires_at integer not null,
    ended_at integer
  ) strict;
  create index temporary_credentials_of_person on temporary_credentials (profile_name);
  create index temporary_credentials_of_app on temporary_credentials (app_id);
  create index temporary_credentials_by_end on temporary_credentials (expires_at);
  `,
  `
  create table audit_anchor (
    only_row integer primary key check (only_row = 1),
    sequence integer not null,
    hash text not null
  ) strict;
  `,
  `
  create table account_handovers (
    profile_name text not null,
    given_by text not null,
    given_at integer not null
  ) strict;
  create index account_handovers_by_time on account_handovers (given_at);
  `,
  `
  create table shares (
    share_id text primary key,
    owner text not null,
    title text not null,
    sealed_source_path blob not null,
    wrapped_key blob not null,
    audience text not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    revoked_by text
  ) strict;
  create index shares_of_owner on shares (owner, created_at);
  create index shares_by_time on shares (created_at);

  create table share_versions (
    share_id text not null references shares (share_id),
    version integer not null check (version > 0),
    created_at integer not null,
    sealed_note blob,
    includes_outputs integer not null check (includes_outputs in (0, 1)),
    size_bytes integer not null,
    cell_count integer not null,
    sha256 text not null,
    primary key (share_id, version)
  ) strict, without rowid;

  create table share_views (
    share_id text not null references shares (share_id),
    viewed_at integer not null,
    profile_name text not null,
    version integer,
    kind text not null
  ) strict;
  create index share_views_of_share on share_views (share_id, viewed_at);

  create table share_comments (
    comment_id text primary key,
    share_id text not null references shares (share_id),
    version integer not null,
    cell_index integer,
    author text not null,
    created_at integer not null,
    sealed_text blob not null,
    resolved_at integer,
    resolved_by text
  ) strict;
  create index share_comments_of_share on share_comments (share_id, created_at);
  `,
  `
  create table repositories (
    repository_id text primary key,
    name text not null unique,
    description text not null,
    owner text not null,
    default_branch text not null,
    access text not null,
    protected_branches text not null,
    created_at integer not null,
    pushed_at integer,
    size_bytes integer not null
  ) strict;

  create table lfs_objects (
    repository_id text not null references repositories (repository_id) on delete cascade,
    object_id text not null,
    size_bytes integer not null,
    stored_at integer not null,
    primary key (repository_id, object_id)
  ) strict;

  create table personal_tokens (
    token_id text primary key,
    token_hash text not null unique,
    profile_name text not null references people (profile_name) on delete cascade,
    name text not null,
    permission text not null,
    hint text not null,
    created_at integer not null,
    expires_at integer not null,
    last_used_at integer
  ) strict;
  create index personal_tokens_of_person on personal_tokens (profile_name);
  `,
  `
  create table metered_apps (
    record_id integer primary key,
    app_id text not null,
    app_type text not null,
    profile_name text not null,
    team text not null,
    image_name text not null,
    instance_type text not null,
    price_per_hour real,
    started_at integer not null,
    started_elapsed integer not null,
    ended_at integer,
    metered_milliseconds integer,
    idle_milliseconds integer not null
  ) strict;
  create index metered_apps_by_end on metered_apps (ended_at);

  create table meter_heartbeat (
    only_row integer primary key check (only_row = 1),
    elapsed integer not null,
    beaten_at integer not null
  ) strict;

  create table budget_grants (
    grant_id integer primary key,
    kind text not null,
    name text not null,
    month text not null,
    amount real not null,
    reason text not null,
    granted_by text not null,
    granted_at integer not null
  ) strict;
  create index budget_grants_of_month on budget_grants (month);

  create table budget_warnings (
    kind text not null,
    name text not null,
    month text not null,
    limit_amount real not null,
    reached_percent integer not null,
    reached_at integer not null,
    primary key (kind, name, month, limit_amount, reached_percent)
  ) strict, without rowid;
  `,
  `
  create table jobs (
    position integer primary key autoincrement,
    job_id text not null unique,
    profile_name text not null,
    schedule_id text,
    status text not null,
    attempt integer not null,
    created_at integer not null,
    started_at integer,
    ended_at integer,
    wrapped_key blob not null,
    sealed_document blob not null,
    sealed_log blob
  ) strict;
  create index jobs_of_person on jobs (profile_name, position);
  create index jobs_by_status on jobs (status, position);

  create table job_schedules (
    schedule_id text primary key,
    profile_name text not null,
    created_at integer not null,
    is_enabled integer not null check (is_enabled in (0, 1)),
    next_run_at integer,
    last_job_id text,
    wrapped_key blob not null,
    sealed_document blob not null
  ) strict;
  create index job_schedules_of_person on job_schedules (profile_name, created_at);
  create index job_schedules_by_time on job_schedules (next_run_at);
  `,
];
