import { S3Error } from '../../s3-error.ts';
import { refuseUnsupportedHeaders } from '../headers/object-headers.ts';
import { noContent, xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation, S3Call, ServiceOperation } from '../s3-call.ts';
import { readXml } from '../xml/read-xml.ts';
import { writeXml, type XmlField } from '../xml/write-xml.ts';
import { onlyChildren, textOf } from '../xml/xml-fields.ts';
import { readTextBody } from '../xml-body.ts';
import { ownerFields } from './owner.ts';

export const listBuckets: ServiceOperation = (call) => ({
  permissions: [{ action: 'ListAllMyBuckets' }],
  async run() {
    const { prefix, after, maximum } = readListBuckets(call);
    const buckets = (await call.store.listBuckets({ caller: call.caller })).filter(
      ({ bucket }) => bucket.startsWith(prefix) && bucket > after,
    );
    const shown = buckets.slice(0, maximum);
    const last = shown.length < buckets.length ? shown.at(-1)?.bucket : undefined;
    const fields = shown.map(
      ({ bucket, createdAt }): XmlField => [
        'Bucket',
        [
          ['Name', bucket],
          ['CreationDate', createdAt],
        ],
      ],
    );
    return xmlAnswer(
      writeXml('ListAllMyBucketsResult', [
        ['Owner', ownerFields(call.service.accountId)],
        ['Buckets', fields],
        ['ContinuationToken', last === undefined ? undefined : toToken(last)],
        ['Prefix', prefix === '' ? undefined : prefix],
      ]),
    );
  },
});

export const createBucket: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'CreateBucket', bucket, isWithoutBucketPolicy: true }],
  async run() {
    const { header, service, store, caller } = call;
    refuseAcls(call);
    const location = readLocation(await readTextBody(call), service.region);
    const objectLockEnabled = header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
    await store.createBucket({
      ...{ bucket, caller, objectLockEnabled },
      ...(location === undefined ? {} : { location }),
    });
    return { status: 200, headers: { location: `/${bucket}` } };
  },
});

export const headBucket: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'ListBucket', bucket }],
  async run() {
    await call.bucketInfo(bucket);
    const headers = {
      'x-amz-bucket-region': call.service.region,
      'x-amz-access-point-alias': 'false',
    };
    return { status: 200, headers };
  },
});

export const deleteBucket: BucketOperation = ({ store, caller }, { bucket }) => ({
  permissions: [{ action: 'DeleteBucket', bucket }],
  async run() {
    await store.deleteBucket({ bucket, caller });
    return noContent;
  },
});

export const getBucketLocation: BucketOperation = (call, { bucket }) => ({
  permissions: [{ action: 'GetBucketLocation', bucket }],
  async run() {
    await call.bucketInfo(bucket);
    const { region } = call.service;
    // The oldest region has no name here, and programs know it by that.
    return xmlAnswer(writeXml('LocationConstraint', region === 'us-east-1' ? '' : region));
  },
});

function readLocation(text: string, region: string): string | undefined {
  if (text === '') return undefined;
  const body = readXml(text, 'CreateBucketConfiguration');
  onlyChildren(body, ['LocationConstraint']);
  const location = textOf(body, 'LocationConstraint')?.trim();
  if (location === undefined || location === '') return undefined;
  if (location === region) return location;
  throw new S3Error(
    'IllegalLocationConstraintException',
    `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

function refuseAcls(call: S3Call): void {
  const ownership = call.header('x-amz-object-ownership') ?? 'BucketOwnerEnforced';
  if (ownership === 'BucketOwnerEnforced') {
    refuseUnsupportedHeaders(call);
    return;
  }
  throw new S3Error(
    'InvalidBucketAclWithObjectOwnership',
    'Bucket cannot have ACLs set with ObjectOwnership’s BucketOwnerEnforced setting',
  );
}

function readListBuckets({ parameter }: S3Call) {
  const text = parameter('max-buckets') ?? '10000';
  const maximum = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (maximum < 1 || maximum > 10_000) {
    throw new S3Error('InvalidArgument', 'max-buckets must be between 1 and 10000');
  }
  const token = parameter('continuation-token') ?? '';
  const after = Buffer.from(token, 'base64url').toString('utf8');
  return { prefix: parameter('prefix') ?? '', after, maximum };
}

function toToken(bucket: string): string {
  return Buffer.from(bucket).toString('base64url');
}
