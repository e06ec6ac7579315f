import type { S3Principal } from '@strongroom/object-store';
import type { ActingAs } from '../policies/policy-book.ts';

/** Who asks the object store, in S3's words and in ours. */
export interface StoragePrincipal extends S3Principal {
  readonly acting: ActingAs;
}
