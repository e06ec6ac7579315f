import { S3Error } from '../s3-error.ts';
import { quoted } from './headers/object-answer.ts';
import type { S3Answer } from './s3-answer.ts';
import { writeXmlWithoutNamespace, type XmlField } from './xml/write-xml.ts';

export interface RequestIds {
  readonly requestId: string;
  readonly hostId: string;
}

/** What is no refusal is our own fault, and told to nobody but the log. */
export function toS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  return new S3Error('InternalError', 'We encountered an internal error. Please try again.', {
    cause: error,
  });
}

/** S3 API Reference, "Error responses". */
export function errorAnswer(error: S3Error, ids: RequestIds, resource: string): S3Answer {
  const details = Object.entries(error.details);
  if (error.code === 'NotModified') return notModifiedAnswer(error);
  const headers = details.filter(([name]) => name.startsWith('x-amz-'));
  const fields = details.filter(([name]) => !headers.some(([each]) => each === name));
  return {
    status: error.status,
    headers: { ...Object.fromEntries(headers), ...furtherHeaders(error) },
    text: errorXml(error, [...fields, ['Resource', error.resource ?? resource], ...idFields(ids)]),
  };
}

/** RFC 9110, section 15.4.5: what the client has is still good, and which it is. */
function notModifiedAnswer({ status, details }: S3Error): S3Answer {
  const { ETag, LastModified } = details;
  return {
    status,
    headers: {
      ...(ETag === undefined ? {} : { etag: quoted(ETag) }),
      ...(LastModified === undefined ? {} : { 'last-modified': LastModified }),
    },
  };
}

function errorXml({ code, message }: S3Error, fields: readonly XmlField[]): string {
  return writeXmlWithoutNamespace('Error', [['Code', code], ['Message', message], ...fields]);
}

function idFields({ requestId, hostId }: RequestIds): XmlField[] {
  return [
    ['RequestId', requestId],
    ['HostId', hostId],
  ];
}

function furtherHeaders({ code, details }: S3Error): Record<string, string> {
  const region = details.Region;
  return {
    ...(region === undefined ? {} : { 'x-amz-bucket-region': region }),
    ...(code === 'SlowDown' || code === 'ServiceUnavailable' ? { 'retry-after': '1' } : {}),
  };
}
