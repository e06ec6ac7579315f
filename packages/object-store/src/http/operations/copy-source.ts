import { S3Error } from '../../s3-error.ts';
import { decodeUriComponent } from '../../signatures/signable-request.ts';
import type { CopySource } from '../../store/object-requests.ts';
import { readReadConditions } from '../headers/condition-headers.ts';
import type { Permission } from '../permission.ts';
import { checkKey } from '../request-target.ts';
import type { S3Call } from '../s3-call.ts';
import { existingTags } from './object-version.ts';

const headerName = 'x-amz-copy-source';

/** @throws {S3Error} `InvalidArgument`, `NotImplemented` */
export function readCopySource(call: S3Call): CopySource {
  const text = call.header(headerName) ?? '';
  if (text.startsWith('arn:')) {
    throw new S3Error('NotImplemented', 'A copy source that is an ARN is not implemented');
  }
  if (call.headerNames.some((name) => name.startsWith(`${headerName}-server-side-encryption-`))) {
    throw new S3Error('NotImplemented', 'Customer-provided encryption keys are not implemented');
  }
  const [, rawPath = '', rawVersion] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(text) ?? [];
  const path = decodeUriComponent(rawPath).replace(/^\//, '');
  const slash = path.indexOf('/');
  const bucket = path.slice(0, slash);
  const key = path.slice(slash + 1);
  if (slash < 1 || key === '') {
    throw new S3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      {
        details: { ArgumentName: headerName, ArgumentValue: text },
      },
    );
  }
  checkKey(key);
  const versionId = rawVersion === undefined ? undefined : decodeUriComponent(rawVersion);
  return {
    ...{ bucket, key, ...readReadConditions(call, `${headerName}-`) },
    ...(versionId === undefined ? {} : { versionId }),
  };
}

export async function sourcePermission(call: S3Call, source: CopySource): Promise<Permission> {
  const { bucket, key, versionId } = source;
  const tags = await existingTags(call, source);
  if (versionId === undefined) return { action: 'GetObject', bucket, key, context: tags };
  const context = { ...tags, 's3:VersionId': versionId };
  return { action: 'GetObjectVersion', bucket, key, context };
}
