import { S3Error } from '../../s3-error.ts';
import type { DeleteObjectResult } from '../../store/object-requests.ts';
import { withoutQuotes } from '../headers/condition-headers.ts';
import { checkKey } from '../request-target.ts';
import { type S3Answer, xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, S3Call } from '../s3-call.ts';
import { malformedXml } from '../xml/read-xml.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { childrenNamed, neededText, textOf } from '../xml/xml-fields.ts';
import { readXmlBody } from '../xml-body.ts';
import { refuseBypass } from './delete-object.ts';

interface Wanted {
  readonly key: string;
  readonly versionId?: string;
  readonly ifMatch?: string;
}

const maximumCount = 1_000;
const limitBytes = 4 * 1024 * 1024;

/** Each key is decided on its own: one that is refused does not keep the others. */
export const deleteObjects: BucketOperation = (call, { bucket }) => ({
  permissions: [],
  async run(): Promise<S3Answer> {
    refuseBypass(call);
    const { wanted, isQuiet } = await readWanted(call);
    const refusals = await Promise.all(wanted.map((each) => refusalOf(call, bucket, each)));
    const objects = wanted.filter((_, at) => refusals[at] === undefined);
    const results = objects.length === 0 ? [] : await remove(call, bucket, objects);
    const outcomes = [...results];
    const fields = wanted.flatMap((each, at) => {
      const outcome = refusals[at] ?? outcomes.shift();
      return outcome === undefined ? [] : outcomeFields(each, outcome, isQuiet);
    });
    return xmlAnswer(writeXml('DeleteResult', fields));
  },
});

function remove(call: S3Call, bucket: string, objects: readonly Wanted[]) {
  return call.store.deleteObjects({ bucket, objects, caller: call.caller });
}

async function readWanted(call: S3Call) {
  const body = await readXmlBody(call, 'Delete', { limitBytes, needsDigest: true });
  const wanted = childrenNamed(body, 'Object').map((element): Wanted => {
    const key = neededText(element, 'Key');
    const versionId = textOf(element, 'VersionId');
    const ifMatch = textOf(element, 'ETag');
    if (key === '') throw malformedXml();
    checkKey(key);
    return {
      key,
      ...(versionId === undefined || versionId === '' ? {} : { versionId }),
      ...(ifMatch === undefined ? {} : { ifMatch: withoutQuotes(ifMatch) }),
    };
  });
  if (wanted.length === 0 || wanted.length > maximumCount) throw malformedXml();
  return { wanted, isQuiet: textOf(body, 'Quiet')?.toLowerCase() === 'true' };
}

async function refusalOf(
  call: S3Call,
  bucket: string,
  { key, versionId }: Wanted,
): Promise<S3Error | undefined> {
  const verdict = await call.ask({
    ...{ bucket, key, action: versionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion' },
    context: versionId === undefined ? {} : { 's3:VersionId': versionId },
  });
  return verdict.allowed ? undefined : new S3Error('AccessDenied', verdict.sentence);
}

function outcomeFields(
  { key, versionId }: Wanted,
  outcome: DeleteObjectResult | S3Error,
  isQuiet: boolean,
): XmlField[] {
  if (outcome instanceof S3Error) {
    const { code, message } = outcome;
    const named: XmlField[] = [
      ['Key', key],
      ['VersionId', versionId],
    ];
    return [['Error', [...named, ['Code', code], ['Message', message]]]];
  }
  if (isQuiet) return [];
  const { isDeleteMarker } = outcome;
  const deleted: XmlField[] = [
    ['Key', key],
    ['VersionId', versionId],
    ['DeleteMarker', isDeleteMarker ? true : undefined],
    ['DeleteMarkerVersionId', isDeleteMarker ? outcome.versionId : undefined],
  ];
  return [['Deleted', deleted]];
}
