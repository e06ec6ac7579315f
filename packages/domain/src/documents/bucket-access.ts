import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import type { DomainBucket, DomainBucketAccess, DomainPerson } from '../file/domain.ts';
import { listActions, readActions, writeActions } from './bucket-actions.ts';

export type Origin = DomainBucketAccess['from'][number];

/** What one person may do with the domain's buckets from there, with the keys that it takes. */
export function bucketStatements(options: {
  readonly buckets: readonly DomainBucket[];
  readonly person: Pick<DomainPerson, 'profileName' | 'team'>;
  readonly origin: Origin;
  readonly region: string;
  readonly accountId: string;
}): PolicyStatement[] {
  const { buckets, person, origin, region, accountId } = options;
  const open = buckets.map((bucket) => ({ bucket, may: permissionOf(bucket, person, origin) }));
  const arnsOf = (permissions: readonly string[]) =>
    open
      .filter(({ may }) => permissions.includes(may))
      .map(({ bucket }) => `arn:aws:s3:::${bucket.name}`);
  const readable = arnsOf(['read', 'read-write']);
  const writable = arnsOf(['read-write']);
  if (readable.length === 0) return [];
  return [
    { Sid: 'SeeBucketNames', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
    { Sid: 'ListBuckets', Effect: 'Allow', Action: listActions, Resource: readable },
    {
      ...{ Sid: 'ReadObjects', Effect: 'Allow', Action: readActions },
      Resource: readable.map((arn) => `${arn}/*`),
    },
    ...(writable.length === 0
      ? []
      : [
          {
            ...({ Sid: 'WriteObjects', Effect: 'Allow', Action: writeActions } as const),
            Resource: writable.map((arn) => `${arn}/*`),
          },
        ]),
    {
      ...{ Sid: 'UseKeysThroughS3', Effect: 'Allow' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: `arn:aws:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
        // With a bucket key the context is the bucket's ARN, else the object's.
        ArnLike: {
          'kms:EncryptionContext:aws:s3:arn': [...readable, ...readable.map((arn) => `${arn}/*`)],
        },
      },
    },
  ];
}

export function bucketAccessDocument(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [...statements] };
}

function permissionOf(
  { access }: DomainBucket,
  { profileName, team }: Pick<DomainPerson, 'profileName' | 'team'>,
  origin: Origin,
): 'none' | 'read' | 'read-write' {
  const granted = access
    .filter(({ from, to }) => {
      if (!from.includes(origin)) return false;
      if (to.kind === 'everyone') return true;
      return to.kind === 'team' ? to.team === team : to.profileName === profileName;
    })
    .map(({ permission }) => permission);
  if (granted.includes('read-write')) return 'read-write';
  return granted.includes('read') ? 'read' : 'none';
}
