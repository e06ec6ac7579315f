import type { ListedFolder, ListedObject } from '@strongroom/s3-manager';
import { writeSize } from './printable.ts';
import type { S3Session } from './run-s3.ts';
import { readS3Location } from './s3-location.ts';

export interface ListOptions {
  readonly recursive?: boolean;
  readonly humanReadable?: boolean;
}

/** Exit status 1 where nothing is there, so that a script can ask. */
export async function list(
  session: S3Session,
  address: string | undefined,
  options: ListOptions,
): Promise<number> {
  const { s3, signal, print } = session;
  if (address === undefined || address === 's3://') {
    for (const { name, createdAt } of await s3.listBuckets({ signal })) {
      print(`${writeTime(createdAt)}  ${name}`);
    }
    return 0;
  }
  const { bucket, key: prefix } = readS3Location(address);
  const entries =
    options.recursive === true
      ? s3.listObjects(bucket, prefix, { signal })
      : s3.listFolder(bucket, prefix, { signal });
  const level = options.recursive === true ? 0 : prefix.lastIndexOf('/') + 1;
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    print(describe(entry, level, options.humanReadable === true));
  }
  return count === 0 && prefix !== '' ? 1 : 0;
}

function describe(
  entry: ListedObject | ListedFolder,
  level: number,
  isHumanReadable: boolean,
): string {
  if (entry.type === 'folder') return `${'PRE'.padStart(33)}  ${entry.prefix.slice(level)}`;
  const size = isHumanReadable ? writeSize(entry.sizeBytes) : String(entry.sizeBytes);
  return `${writeTime(entry.lastModified)}  ${size.padStart(12)}  ${entry.key.slice(level)}`;
}

/** UTC, to the second. */
function writeTime(time: Date | undefined): string {
  return (time?.toISOString().slice(0, 19).replace('T', ' ') ?? '').padEnd(19);
}
