import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { explainError } from '../errors/explain-error.ts';
import { requireNames } from '../errors/refuse-argument.ts';
import { S3ManagerError } from '../errors/s3-manager-error.ts';
import { s3Address } from '../keys/s3-address.ts';
import type { OperationOptions, S3Access } from '../s3-access.ts';
import { sendOptions } from '../send-options.ts';

/** One object of a list. */
export interface ListedObject {
  readonly type: 'object';
  readonly key: string;
  readonly sizeBytes: number;
  /** With its quotation marks. */
  readonly etag: string;
  readonly lastModified: Date;
}

/** Keys below a common prefix that ends with a slash. */
export interface ListedFolder {
  readonly type: 'folder';
  /** Ends with a slash. */
  readonly prefix: string;
  /** The last name of the prefix, without a slash. */
  readonly name: string;
}

export interface ListPage {
  readonly objects: ListedObject[];
  readonly folders: ListedFolder[];
}

/** Page after page until the service says that there are no more. */
export async function* listPages(
  { client }: S3Access,
  question: { readonly bucket: string; readonly prefix: string; readonly delimiter?: string },
  { signal }: OperationOptions,
): AsyncGenerator<ListPage> {
  const { bucket, prefix, delimiter } = question;
  const action = `list ${s3Address(bucket, prefix)}`;
  requireNames(action, { bucket });
  let token: string | undefined;
  for (;;) {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      ContinuationToken: token,
      // Without it a key with a control character makes an answer that no XML parser reads.
      EncodingType: 'url',
    });
    const page = await client.send(command, sendOptions(signal)).catch((error: unknown) => {
      throw explainError(error, action);
    });
    yield readPage(page);
    if (page.IsTruncated !== true) return;
    const next = page.NextContinuationToken;
    if (next === undefined || next === token) {
      const state = 'the service says that there is more, but not where';
      throw new S3ManagerError('ServiceError', `Cannot ${action}: ${state}`);
    }
    token = next;
  }
}

function readPage(page: ListObjectsV2CommandOutput): ListPage {
  const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
  const objects = (page.Contents ?? []).map(
    (content): ListedObject => ({
      type: 'object',
      key: decode(content.Key ?? ''),
      sizeBytes: content.Size ?? 0,
      etag: content.ETag ?? '',
      lastModified: content.LastModified ?? new Date(0),
    }),
  );
  const folders = (page.CommonPrefixes ?? []).map(({ Prefix = '' }): ListedFolder => {
    const prefix = decode(Prefix);
    return { type: 'folder', prefix, name: prefix.replace(/\/$/, '').split('/').at(-1) ?? '' };
  });
  return { objects, folders };
}

/** S3 encodes as forms do: a space becomes a plus sign. */
function decodeKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}
