/**
 * Calls of AWS's APIs that have no action of their own name (S3 User Guide, "Required permissions
 * for Amazon S3 API operations"). Their spelling is no help in finding the action.
 */
const actionsOfApiNames: Readonly<Record<string, string>> = {
  's3:completemultipartupload': 'PutObject',
  's3:copyobject': 'PutObject',
  's3:createmultipartupload': 'PutObject',
  's3:deleteobjects': 'DeleteObject',
  's3:headbucket': 'ListBucket',
  's3:headobject': 'GetObject',
  's3:listbuckets': 'ListAllMyBuckets',
  's3:listmultipartuploads': 'ListBucketMultipartUploads',
  's3:listobjects': 'ListBucket',
  's3:listobjectsv2': 'ListBucket',
  's3:listobjectversions': 'ListBucketVersions',
  's3:listparts': 'ListMultipartUploadParts',
  's3:uploadpart': 'PutObject',
  'lambda:invoke': 'InvokeFunction',
};

export function actionForApiName(prefix: string, name: string): string | undefined {
  return actionsOfApiNames[`${prefix}:${name}`.toLowerCase()];
}
