import { S3Error } from '../../s3-error.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, ObjectOperation, S3Call } from '../s3-call.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { hidingMissing } from './hiding-missing.ts';
import { versionAction, versionContext, versionOf } from './object-version.ts';
import { ownerFields } from './owner.ts';

/** Who may what is told by policies alone: buckets are "bucket owner enforced", as S3 makes them. */
export const getBucketAcl: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'GetBucketAcl', bucket }],
  run: async () => xmlAnswer(ownersAcl(call)),
});

export const getObjectAcl: ObjectOperation = (call, path) => ({
  permissions: [
    { action: versionAction(call, 'GetObjectAcl'), ...path, context: versionContext(call) },
  ],
  run: () =>
    hidingMissing(call, path, async () => {
      await call.store.headObject({ ...path, caller: call.caller, ...versionOf(call) });
      return xmlAnswer(ownersAcl(call));
    }),
});

export const putBucketAcl: BucketOperation = (_, { bucket }) => ({
  permissions: [{ action: 'PutBucketAcl', bucket }],
  run: refuse,
});

export const putObjectAcl: ObjectOperation = (call, path) => ({
  permissions: [{ action: versionAction(call, 'PutObjectAcl'), ...path }],
  run: refuse,
});

async function refuse(): Promise<never> {
  throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

function ownersAcl(call: S3Call): string {
  const owner = ownerFields(call.service.accountId);
  const grantee =
    'Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  const grant: XmlField[] = [
    [grantee, owner],
    ['Permission', 'FULL_CONTROL'],
  ];
  return writeXml('AccessControlPolicy', [
    ['Owner', owner],
    ['AccessControlList', [['Grant', grant]]],
  ]);
}
