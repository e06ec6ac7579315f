import { fileCrc32, fileMd5 } from '../files/file-checksums.ts';
import { headObject, type ObjectDescription } from '../objects/head-object.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Whether it is proven that file and object, which are of one size, have one content. */
export async function hasEqualContent(
  access: S3Access,
  { path, place }: { readonly path: string; readonly place: Place },
  options: OperationOptions,
): Promise<boolean> {
  const object = await headObject(access, place, options);
  if (object === undefined) return false;
  if (object.crc32 !== undefined) return object.crc32 === (await fileCrc32(path, options));
  const md5 = md5Of(object);
  return md5 !== undefined && md5 === (await fileMd5(path, options));
}

/** Whether it is proven that two objects, which are of one size, have one content. */
export async function areEqualObjects(
  access: S3Access,
  [left, right]: readonly [Place, Place],
  options: OperationOptions,
): Promise<boolean> {
  const one = await headObject(access, left, options);
  const other = await headObject(access, right, options);
  if (one === undefined || other === undefined) return false;
  if (one.crc32 !== undefined && other.crc32 !== undefined) return one.crc32 === other.crc32;
  const md5 = md5Of(one);
  return md5 !== undefined && md5 === md5Of(other);
}

/** Under SSE-KMS the ETag of a real S3 is not the MD5, and of a multipart upload it never is. */
function md5Of({ etag, kmsKeyArn }: ObjectDescription): string | undefined {
  if (kmsKeyArn !== undefined) return undefined;
  return /^"([0-9a-f]{32})"$/.exec(etag)?.[1];
}
