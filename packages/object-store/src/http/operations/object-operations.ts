import type { ObjectOperation } from '../s3-call.ts';
import { getObjectAcl, putObjectAcl } from './acl.ts';
import { completeMultipartUpload } from './complete-upload.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { listParts } from './list-uploads.ts';
import {
  abortMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from './multipart-upload.ts';
import { getObjectAttributes } from './object-attributes.ts';
import { getObjectRetention, putObjectRetention } from './object-retention.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts';
import type { OperationTable } from './operation-table.ts';
import { putObject } from './put-object.ts';

export const objectOperations: OperationTable<ObjectOperation> = new Map<
  string,
  readonly [string, ObjectOperation]
>([
  ['PUT', ['PutObject', putObject]],
  ['PUT copy', ['CopyObject', copyObject]],
  ['GET', ['GetObject', getObject]],
  ['HEAD', ['HeadObject', headObject]],
  ['DELETE', ['DeleteObject', deleteObject]],
  ['GET attributes', ['GetObjectAttributes', getObjectAttributes]],
  ['GET acl', ['GetObjectAcl', getObjectAcl]],
  ['PUT acl', ['PutObjectAcl', putObjectAcl]],
  ['GET tagging', ['GetObjectTagging', getObjectTagging]],
  ['PUT tagging', ['PutObjectTagging', putObjectTagging]],
  ['DELETE tagging', ['DeleteObjectTagging', deleteObjectTagging]],
  ['GET retention', ['GetObjectRetention', getObjectRetention]],
  ['PUT retention', ['PutObjectRetention', putObjectRetention]],
  ['POST uploads', ['CreateMultipartUpload', createMultipartUpload]],
  ['PUT uploadId', ['UploadPart', uploadPart]],
  ['PUT uploadId copy', ['UploadPartCopy', uploadPartCopy]],
  ['POST uploadId', ['CompleteMultipartUpload', completeMultipartUpload]],
  ['DELETE uploadId', ['AbortMultipartUpload', abortMultipartUpload]],
  ['GET uploadId', ['ListParts', listParts]],
]);
