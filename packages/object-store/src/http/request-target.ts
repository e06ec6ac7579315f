import { S3Error } from '../s3-error.ts';
import { decodeUriComponent } from '../signatures/signable-request.ts';

/** What the address of a request names. */
export interface RequestTarget {
  readonly bucket?: string;
  readonly key?: string;
}

const maximumKeyBytes = 1024;

/**
 * Virtual-host style (`<bucket>.<host name>`) or path style. The key is what was sent, decoded once:
 * `..`, `//` and Unicode forms are part of the name.
 *
 * @throws {S3Error} `InvalidURI`, `InvalidRequest`, `InvalidArgument`, `KeyTooLongError`
 */
export function readTarget(
  { host, rawPath }: { readonly host: string | undefined; readonly rawPath: string },
  hostNames: readonly string[],
): RequestTarget {
  if (!rawPath.startsWith('/')) throw invalidUri();
  const hostBucket = bucketOfHost(host ?? '', hostNames);
  if (hostBucket !== undefined) return target(hostBucket, rawPath.slice(1));
  const slash = rawPath.indexOf('/', 1);
  const bucket = decodeUriComponent(rawPath.slice(1, slash === -1 ? undefined : slash));
  if (bucket === '') {
    if (slash === -1) return {};
    throw invalidUri();
  }
  return target(bucket, slash === -1 ? '' : rawPath.slice(slash + 1));
}

function target(bucket: string, rawKey: string): RequestTarget {
  if (!/^[A-Za-z0-9._-]{1,255}$/.test(bucket)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (rawKey === '') return { bucket };
  const key = decodeUriComponent(rawKey);
  checkKey(key);
  return { bucket, key };
}

/** @throws {S3Error} `KeyTooLongError`, `InvalidArgument` */
export function checkKey(key: string): void {
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes > maximumKeyBytes) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', {
      details: { Size: String(sizeBytes), MaxSizeAllowed: String(maximumKeyBytes) },
    });
  }
  if (key.includes('\0')) throw new S3Error('InvalidArgument', 'A key must not contain NUL');
}

function bucketOfHost(host: string, hostNames: readonly string[]): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  if (hostNames.includes(name)) return undefined;
  const parents = hostNames.filter((each) => name.endsWith(`.${each}`));
  const [parent] = parents.sort((a, b) => b.length - a.length);
  if (parent === undefined) {
    throw new S3Error('InvalidRequest', 'The Host header does not name this endpoint');
  }
  return name.slice(0, -parent.length - 1);
}

function invalidUri(): S3Error {
  return new S3Error('InvalidURI', "Couldn't parse the specified URI.");
}
