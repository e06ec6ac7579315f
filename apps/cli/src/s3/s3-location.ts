import { UsageError } from './usage-error.ts';

/** Where something is: in a bucket, or a path on this machine. */
export type Location =
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'local'; readonly path: string };

export type S3Location = Extract<Location, { readonly kind: 's3' }>;

/** `s3://<bucket>/<key>` is in a bucket; anything else is a path. */
export function readLocation(text: string): Location {
  if (!text.startsWith('s3://')) {
    if (text === '') throw new UsageError('Cannot use "" as a path: it is empty');
    return { kind: 'local', path: text };
  }
  const address = text.slice('s3://'.length);
  const slash = address.indexOf('/');
  const bucket = slash === -1 ? address : address.slice(0, slash);
  if (bucket === '') throw new UsageError(`Cannot use "${text}": write s3://<bucket>/<key>`);
  return { kind: 's3', bucket, key: slash === -1 ? '' : address.slice(slash + 1) };
}

export function readS3Location(text: string): S3Location {
  const location = readLocation(text);
  if (location.kind === 's3') return location;
  throw new UsageError(`Cannot use "${text}": write s3://<bucket>/<key>`);
}

export function writeLocation(location: Location): string {
  return location.kind === 'local' ? location.path : `s3://${location.bucket}/${location.key}`;
}
