import { S3Error } from '../../s3-error.ts';
import type { CompletedPart } from '../../store/multipart-requests.ts';
import {
  checksumAlgorithms,
  checksumAnswer,
  checksumHeader,
  readChecksumType,
} from '../headers/checksum-headers.ts';
import { readWriteConditions, withoutQuotes } from '../headers/condition-headers.ts';
import { encryptionAnswer } from '../headers/encryption-headers.ts';
import { quoted, versionAnswer } from '../headers/object-answer.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, S3Call } from '../s3-call.ts';
import { malformedXml, readXml, type XmlElement } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import { childrenNamed, neededText, textOf, wholeNumberOf } from '../xml/xml-fields.ts';
import { collectText } from '../xml-body.ts';
import { checksumElement, checksumFields } from './copy-object.ts';
import { partPermission, placeFields, uploadPlace } from './multipart-upload.ts';

const limitBytes = 4 * 1024 * 1024;
const maximumParts = 10_000;

export const completeMultipartUpload: ObjectOperation = async (call, path) => {
  const checksum = readObjectChecksum(call);
  const expectedSize = readExpectedSize(call.header('x-amz-mp-object-size'));
  return {
    permissions: [await partPermission(call, path)],
    async run() {
      const parts = await readParts(call);
      const result = await call.store.completeUpload({
        ...{ ...uploadPlace(call, path), parts, ...readWriteConditions(call) },
        ...checksum,
        ...expectedSize,
      });
      const text = writeXml('CompleteMultipartUploadResult', [
        ['Location', call.address],
        ...placeFields(path),
        ['ETag', quoted(result.etag)],
        ...checksumFields(result.checksum),
      ]);
      return xmlAnswer(text, {
        ...versionAnswer(result.versionId),
        ...encryptionAnswer(result.encryption),
        ...checksumAnswer(result.checksum),
      });
    },
  };
};

/** Checksums in the headers are the object's here, not the body's. */
async function readParts(call: S3Call): Promise<CompletedPart[]> {
  const text = await collectText(call.body().body, limitBytes);
  if (text === '') throw malformedXml();
  const body = readXml(text, 'CompleteMultipartUpload');
  const parts = childrenNamed(body, 'Part').map(readPart);
  if (parts.length === 0 || parts.length > maximumParts) throw malformedXml();
  let previous = 0;
  for (const { partNumber } of parts) {
    if (partNumber <= previous) {
      throw new S3Error(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    previous = partNumber;
  }
  return parts;
}

function readPart(element: XmlElement): CompletedPart {
  const partNumber = wholeNumberOf(element, 'PartNumber') ?? 0;
  const etag = withoutQuotes(neededText(element, 'ETag'));
  const [checksum] = checksumAlgorithms.flatMap((each) => {
    const text = textOf(element, checksumElement(each));
    return text === undefined ? [] : [text];
  });
  return { partNumber, etag, ...(checksum === undefined ? {} : { checksum }) };
}

function readObjectChecksum({ header }: S3Call) {
  const type = readChecksumType(header('x-amz-checksum-type'));
  const values = checksumAlgorithms.flatMap((each) => header(checksumHeader(each)) ?? []);
  const [value, ...more] = values;
  if (more.length > 0) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  }
  if (value === undefined) return {};
  return { checksum: { value, ...(type === undefined ? {} : { type }) } };
}

function readExpectedSize(text: string | undefined): { expectedSizeBytes?: number } {
  if (text === undefined) return {};
  if (/^\d{1,15}$/.test(text)) return { expectedSizeBytes: Number(text) };
  throw new S3Error('InvalidArgument', 'x-amz-mp-object-size must be a number of bytes');
}
