/**
 * Keys are BLOBs of UTF-8, so that SQLite orders them by bytes as S3 does, whatever is in them. Times
 * are milliseconds since 1970.
 */
export const migrations: readonly string[] = [
  `
  create table bucket (
    id integer primary key autoincrement,
    name text not null unique,
    created_at integer not null,
    location text not null,
    owner text not null,
    has_versions integer not null default 0,
    settings text not null default '{}',
    size_bytes integer not null default 0
  ) strict;

  -- The highest id of a key is its newest version.
  create table version (
    id integer primary key autoincrement,
    bucket_id integer not null references bucket (id),
    key blob not null,
    version_id text not null,
    is_current integer not null,
    is_delete_marker integer not null,
    last_modified integer not null,
    size_bytes integer not null,
    etag text not null,
    checksum_algorithm text,
    checksum_type text,
    checksum text,
    has_parts integer not null,
    tag_count integer not null,
    retain_until integer,
    key_arn text not null,
    has_bucket_key integer not null,
    wrapped_key blob,
    metadata blob
  ) strict;
  create index version_by_key on version (bucket_id, key, id desc, version_id);
  -- Holds all that a page of a listing shows, so that it is read without touching the table.
  create index current_object on version
    (bucket_id, key, last_modified, size_bytes, etag, checksum_algorithm, checksum_type)
    where is_current = 1;

  create table upload (
    id integer primary key autoincrement,
    upload_id text not null unique,
    bucket_id integer not null references bucket (id),
    key blob not null,
    initiated_at integer not null,
    initiator text not null,
    checksum_algorithm text,
    checksum_type text,
    retain_until integer,
    key_arn text not null,
    has_bucket_key integer not null,
    wrapped_key blob not null,
    tag_count integer not null,
    metadata blob not null
  ) strict;
  create index upload_by_key on upload (bucket_id, key, id);

  -- Sealed content: one row for an object that was put, one for each part of another.
  create table segment (
    id integer primary key autoincrement,
    version_row integer references version (id),
    upload_row integer references upload (id),
    part_number integer not null,
    last_modified integer not null,
    size_bytes integer not null,
    etag text not null,
    checksum text,
    salt blob not null,
    file_id text,
    content blob
  ) strict;
  create unique index segment_of_version on segment (version_row, part_number)
    where version_row is not null;
  create unique index segment_of_upload on segment (upload_row, part_number)
    where upload_row is not null;
  create index segment_of_file on segment (file_id) where file_id is not null;

  create table completed_upload (
    upload_id text primary key,
    bucket_id integer not null,
    key blob not null,
    parts text not null,
    result text not null,
    completed_at integer not null
  ) strict;
  create index completed_upload_by_time on completed_upload (completed_at);
  `,
];
