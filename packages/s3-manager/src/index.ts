export {
  S3ManagerError,
  type S3ManagerErrorCode,
  type TransferFailure,
} from './errors/s3-manager-error.ts';
export type { IgnoredEntry } from './files/walk-folder.ts';
export type { KeyFilterOptions } from './keys/key-filter.ts';
export type { BucketSummary } from './listing/list-buckets.ts';
export type { ListedFolder, ListedObject } from './listing/list-pages.ts';
export type { CopySource, ObjectPlace } from './objects/copy-object.ts';
export type { DeleteObjectOptions } from './objects/delete-object.ts';
export type { FoundObject, GetObjectOptions, ReadOptions } from './objects/get-object.ts';
export type { HeadObjectOptions, ObjectDescription } from './objects/head-object.ts';
export type { ObjectDetails, WrittenObject } from './objects/object-details.ts';
export type {
  PresignedRequest,
  PresignGetOptions,
  PresignOptions,
  PresignPutOptions,
} from './objects/presign.ts';
export type { PutObjectOptions } from './objects/put-object.ts';
export type { OperationOptions } from './s3-access.ts';
export { S3Manager, type S3ManagerOptions } from './s3-manager.ts';
export type { FolderPlace } from './transfers/copy-folder.ts';
export type { DeleteFolderOptions } from './transfers/delete-folder.ts';
export type {
  Equality,
  FolderOptions,
  FolderResult,
  FolderStep,
} from './transfers/folder-options.ts';
export type { ProgressOptions, TransferProgress } from './transfers/run-transfers.ts';
export type { UploadFolderOptions } from './transfers/upload-folder.ts';
