import type { Question } from './question.ts';
import { auditBucketLocked } from './storage/audit-bucket-locked.ts';
import { bucketAccessLogged } from './storage/bucket-access-logged.ts';
import { bucketClosedToStrangers } from './storage/bucket-closed-to-strangers.ts';
import { bucketEncryptedWithKey } from './storage/bucket-encrypted-with-key.ts';
import { bucketKeyOn } from './storage/bucket-key-on.ts';
import { bucketOverTlsOnly } from './storage/bucket-over-tls-only.ts';
import { bucketPublicAccessBlocked } from './storage/bucket-public-access-blocked.ts';
import { bucketVersioning } from './storage/bucket-versioning.ts';
import { dataOnlyThroughEndpoints } from './storage/data-only-through-endpoints.ts';
import { evidenceNotRewritten } from './storage/evidence-not-rewritten.ts';
import { homesEncrypted } from './storage/homes-encrypted.ts';
import { homesOverTlsOnly } from './storage/homes-over-tls-only.ts';
import { imagesSealed } from './storage/images-sealed.ts';
import { objectNeedsEncryption } from './storage/object-needs-encryption.ts';
import { objectNeedsOurKey } from './storage/object-needs-our-key.ts';
import { studiosReachTheirData } from './storage/studios-reach-their-data.ts';
import { topicsEncrypted } from './storage/topics-encrypted.ts';
import { topicsOverTlsOnly } from './storage/topics-over-tls-only.ts';

export const storageQuestions: readonly Question[] = [
  evidenceNotRewritten,
  topicsOverTlsOnly,
  auditBucketLocked,
  bucketAccessLogged,
  bucketClosedToStrangers,
  bucketEncryptedWithKey,
  bucketKeyOn,
  bucketOverTlsOnly,
  bucketPublicAccessBlocked,
  bucketVersioning,
  dataOnlyThroughEndpoints,
  homesEncrypted,
  homesOverTlsOnly,
  imagesSealed,
  objectNeedsEncryption,
  objectNeedsOurKey,
  studiosReachTheirData,
  topicsEncrypted,
];
