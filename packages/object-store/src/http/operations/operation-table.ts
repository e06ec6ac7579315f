import { S3Error } from '../../s3-error.ts';
import type { RequestFields } from '../request-fields.ts';
import type { RequestTarget } from '../request-target.ts';
import type { BucketOperation, ObjectOperation, PreparedOperation, S3Call } from '../s3-call.ts';
import { bucketOperations } from './bucket-operations.ts';
import { listBuckets } from './buckets.ts';
import { objectOperations } from './object-operations.ts';

export interface FoundOperation {
  /** As S3's API names it. */
  readonly name: string;
  readonly prepare: (call: S3Call) => PreparedOperation | Promise<PreparedOperation>;
}

/** `GET policy` and its like: a method, and the subresource in the query. */
export type OperationTable<Operation> = ReadonlyMap<string, readonly [string, Operation]>;

/** What S3 has and this endpoint has not, so that it is refused by its name and never ignored. */
const unsupported = [
  ...['abac', 'accelerate', 'analytics', 'intelligent-tiering', 'inventory', 'legal-hold'],
  ...['logging', 'metadataConfiguration', 'metadataInventoryTable', 'metadataJournalTable'],
  ...['metadataTable', 'metrics', 'notification', 'ownershipControls', 'renameObject'],
  ...['replication', 'requestPayment', 'restore', 'select', 'session', 'torrent', 'website'],
  ...['append', 'encryptionUpdate', 'annotation'],
];

const subresources = [
  ...['acl', 'attributes', 'cors', 'delete', 'encryption', 'lifecycle', 'list-type', 'location'],
  ...['object-lock', 'policy', 'policyStatus', 'publicAccessBlock', 'retention', 'tagging'],
  ...['uploadId', 'uploads', 'versioning', 'versions'],
];

/** @throws {S3Error} `NotImplemented`, `MethodNotAllowed`, `InvalidArgument` */
export function findOperation(
  method: string,
  target: RequestTarget,
  fields: RequestFields,
): FoundOperation {
  const subresource = readSubresource(fields);
  const { bucket, key } = target;
  if (bucket === undefined) {
    if (method === 'GET') return { name: 'ListBuckets', prepare: listBuckets };
    throw methodNotAllowed(method);
  }
  const named = [method, subresource, variantOf(method, fields)]
    .filter((each) => each !== '')
    .join(' ');
  if (key === undefined) {
    const [name, operation] = found<BucketOperation>(bucketOperations, named);
    return { name, prepare: (call) => operation(call, { bucket }) };
  }
  const [name, operation] = found<ObjectOperation>(objectOperations, named);
  return { name, prepare: (call) => operation(call, { bucket, key }) };
}

function found<Operation>(
  table: OperationTable<Operation>,
  named: string,
): readonly [string, Operation] {
  const operation = table.get(named);
  if (operation !== undefined) return operation;
  throw methodNotAllowed(named.split(' ')[0] ?? named);
}

function readSubresource({ parameterNames }: RequestFields): string {
  const refused = unsupported.find((name) => parameterNames.includes(name));
  if (refused !== undefined) {
    throw new S3Error('NotImplemented', `The subresource ${refused} is not implemented`, {
      details: { ArgumentName: refused },
    });
  }
  const asked = subresources.filter((name) => parameterNames.includes(name));
  if (asked.length <= 1) return asked[0] ?? '';
  const names = asked.join(', ');
  throw new S3Error('InvalidArgument', `Conflicting query string parameters: ${names}`);
}

/** A put from elsewhere is another operation. */
function variantOf(method: string, { headerNames }: RequestFields): string {
  return method === 'PUT' && headerNames.includes('x-amz-copy-source') ? 'copy' : '';
}

function methodNotAllowed(method: string): S3Error {
  return new S3Error(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    { details: { Method: method } },
  );
}
