import type { ListedObject, ListedVersion } from './object-info.ts';
import type { BucketPlace } from './object-requests.ts';

/**
 * Both listings of objects. `startAfter` is version 2's `start-after` and version 1's `marker`; a
 * marker that ends in the delimiter skips everything under it, as in S3.
 */
export interface ListObjectsRequest extends BucketPlace {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly startAfter?: string;
  /** `nextContinuationToken` of the page before; it outweighs `startAfter`. */
  readonly continuationToken?: string;
  /** Keys and common prefixes together; 1,000 at most, and where it is not given. */
  readonly maximumKeys?: number;
}

export interface ListObjectsResult {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken?: string;
  /** The last key or common prefix of the page: version 1's `NextMarker`. */
  readonly nextMarker?: string;
}

export interface ListVersionsRequest extends BucketPlace {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly keyMarker?: string;
  readonly versionIdMarker?: string;
  readonly maximumKeys?: number;
}

export interface ListVersionsResult {
  /** By key, the newest version of each first; delete markers among them. */
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly nextKeyMarker?: string;
  readonly nextVersionIdMarker?: string;
}
