import type { Sqlite } from './sqlite.ts';

/** What of one bucket one key seals: unreadable for as long as the key cannot be used. */
export interface KeyUsage {
  readonly keyArn: string;
  readonly bucket: string;
  readonly objectCount: number;
  readonly versionCount: number;
  readonly sizeBytes: number;
}

/** Of every key and bucket, older versions included. */
export function keyUsage(database: Sqlite): readonly KeyUsage[] {
  return database.all<KeyUsage>(
    `select version.key_arn as keyArn, bucket.name as bucket, sum(version.is_current) as objectCount,
      count(*) as versionCount, sum(version.size_bytes) as sizeBytes
     from version join bucket on bucket.id = version.bucket_id
     where version.is_delete_marker = 0
     group by version.key_arn, bucket.name order by bucket.name`,
  );
}
