import { document, getAtt, join, ref, sub } from './intrinsic.ts';

const allOn = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const root = sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root`);

/** Keys, buckets and homes; each key is administered by some and used by others. */
export function goodStorage(): Record<string, unknown> {
  return {
    DataKey: key([
      {
        ...{ Sid: 'ExecutionRolesUse', Effect: 'Allow', Resource: '*' },
        Principal: { AWS: [getAtt('AliceRole'), getAtt('BobRole')] },
        Action: [
          ...['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'],
          ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        ],
      },
    ]),
    AuditKey: key([
      {
        ...{ Sid: 'TrailWrites', Effect: 'Allow', Resource: '*' },
        Principal: { Service: ['cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com'] },
        Action: ['kms:GenerateDataKey', 'kms:DescribeKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
      },
    ]),
    AccessLogBucket: bucket({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    }),
    AccessLogBucketPolicy: bucketPolicy('AccessLogBucket', []),
    AuditBucket: bucket({
      ...sealed('AuditKey'),
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
      },
    }),
    AuditBucketPolicy: bucketPolicy('AuditBucket', [
      {
        ...{ Sid: 'ServicesWriteAlone', Effect: 'Deny', Principal: '*' },
        Action: ['s3:PutObject', 's3:PutObjectRetention', 's3:BypassGovernanceRetention'],
        Resource: join(getAtt('AuditBucket'), '/*'),
        Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      },
    ]),
    DataBucket: bucket(logged('DataKey')),
    DataBucketPolicy: bucketPolicy('DataBucket', dataDenials('DataBucket')),
    SharingBucket: bucket(logged('DataKey')),
    SharingBucketPolicy: bucketPolicy('SharingBucket', dataDenials('SharingBucket')),
    Homes: {
      ...{ Type: 'AWS::EFS::FileSystem', DeletionPolicy: 'Retain' },
      Properties: {
        ...{ Encrypted: true, KmsKeyId: getAtt('DataKey') },
        FileSystemPolicy: document({
          ...{ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Resource: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
    },
    Images: {
      Type: 'AWS::ECR::Repository',
      Properties: {
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
        EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: getAtt('DataKey') },
      },
    },
  };
}

function key(uses: readonly object[]): unknown {
  return {
    ...{ Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain' },
    Properties: {
      EnableKeyRotation: true,
      KeyPolicy: document(
        {
          ...{ Sid: 'AdministerWithoutUse', Effect: 'Allow', Resource: '*' },
          Principal: { AWS: root },
          Action: [
            ...['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:List*', 'kms:Put*'],
            ...['kms:Update*', 'kms:Revoke*', 'kms:Disable*', 'kms:Get*', 'kms:Delete*'],
            ...['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion'],
          ],
        },
        ...uses,
      ),
    },
  };
}

function sealed(keyId: string): object {
  return {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            ...{ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: getAtt(keyId) },
          },
          BucketKeyEnabled: true,
        },
      ],
    },
  };
}

function logged(keyId: string): object {
  return {
    ...sealed(keyId),
    LoggingConfiguration: { DestinationBucketName: ref('AccessLogBucket') },
  };
}

function bucket(properties: object): unknown {
  return {
    ...{ Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
    Properties: {
      PublicAccessBlockConfiguration: { ...allOn },
      VersioningConfiguration: { Status: 'Enabled' },
      ...properties,
    },
  };
}

function bucketPolicy(name: string, statements: readonly object[]): unknown {
  return {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref(name),
      PolicyDocument: document(
        {
          ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 's3:*' },
          Resource: [getAtt(name), join(getAtt(name), '/*')],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        ...statements,
      ),
    },
  };
}

function dataDenials(name: string): readonly object[] {
  const objects = join(getAtt(name), '/*');
  const deny = (Sid: string, Action: string, Resource: unknown, Condition: object) => ({
    ...{ Sid, Effect: 'Deny', Principal: '*', Action, Resource, Condition },
  });
  return [
    deny('OnlyThroughEndpoints', 's3:*Object*', objects, {
      StringNotEquals: { 'aws:SourceVpce': [ref('S3Endpoint')] },
    }),
    deny('OnlySealedByKms', 's3:PutObject', objects, {
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
    }),
    deny('OnlyOurKey', 's3:PutObject', objects, {
      StringNotEqualsIfExists: {
        's3:x-amz-server-side-encryption-aws-kms-key-id': getAtt('DataKey'),
      },
    }),
  ];
}
