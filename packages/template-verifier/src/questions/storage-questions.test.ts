import { getAtt, join } from '../testing/intrinsic.ts';
import {
  addStatement,
  dropStatement,
  editFirstStatement,
  editStatement,
} from '../testing/policy-edits.ts';
import { add, describeQuestions, set, somethingUnknown } from '../testing/question-cases.ts';
import { storageQuestions } from './storage-questions.ts';

const encryption = 'BucketEncryption.ServerSideEncryptionConfiguration.0';
const byDefault = `${encryption}.ServerSideEncryptionByDefault`;
const unknownPolicy = set('DataBucketPolicy.PolicyDocument', somethingUnknown);

describeQuestions(storageQuestions, {
  'bucket-public-access-blocked': {
    broken: set('DataBucket.PublicAccessBlockConfiguration.BlockPublicPolicy', false),
    unknown: set('DataBucket.PublicAccessBlockConfiguration', somethingUnknown),
  },
  'bucket-encrypted-with-key': {
    broken: set(`DataBucket.${byDefault}.SSEAlgorithm`, 'AES256'),
    unknown: set(`DataBucket.${byDefault}.KMSMasterKeyID`, somethingUnknown),
  },
  'bucket-key-on': {
    broken: set(`DataBucket.${encryption}.BucketKeyEnabled`, undefined),
    unknown: set(`DataBucket.${encryption}.BucketKeyEnabled`, somethingUnknown),
  },
  'bucket-versioning': {
    broken: set('DataBucket.VersioningConfiguration', undefined),
    unknown: set('DataBucket.VersioningConfiguration.Status', somethingUnknown),
  },
  'bucket-access-logged': {
    broken: set('DataBucket.LoggingConfiguration', undefined),
    unknown: set('DataBucket.LoggingConfiguration.DestinationBucketName', somethingUnknown),
  },
  'audit-bucket-locked': {
    broken: set('AuditBucket.ObjectLockConfiguration', undefined),
    unknown: set('AuditBucket.ObjectLockEnabled', somethingUnknown),
  },
  'bucket-over-tls-only': {
    broken: dropStatement('DataBucketPolicy', 'OnlyOverTls'),
    unknown: editStatement('DataBucketPolicy', 'OnlyOverTls', (statement) => {
      statement.Resource = somethingUnknown;
    }),
  },
  'object-needs-our-key': {
    broken: dropStatement('DataBucketPolicy', 'OnlyOurKey'),
    unknown: editStatement('DataBucketPolicy', 'OnlyOurKey', (statement) => {
      statement.Condition = {
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': somethingUnknown },
      };
    }),
  },
  'object-needs-encryption': {
    // With the other denial in place, a request that names no key is refused by that one.
    broken: (template) => {
      dropStatement('DataBucketPolicy', 'OnlySealedByKms')(template);
      dropStatement('DataBucketPolicy', 'OnlyOurKey')(template);
    },
    unknown: unknownPolicy,
  },
  'data-only-through-endpoints': {
    broken: dropStatement('DataBucketPolicy', 'OnlyThroughEndpoints'),
    unknown: unknownPolicy,
  },
  'bucket-closed-to-strangers': {
    broken: addStatement('DataBucketPolicy', {
      ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
      Resource: join(getAtt('DataBucket'), '/*'),
    }),
    unknown: unknownPolicy,
  },
  'studios-reach-their-data': {
    broken: editStatement('DataBucketPolicy', 'OnlyThroughEndpoints', (statement) => {
      statement.Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-of-nobody' } };
    }),
    unknown: unknownPolicy,
  },
  'evidence-not-rewritten': {
    broken: dropStatement('AuditBucketPolicy', 'ServicesWriteAlone'),
    unknown: editStatement('AuditBucketPolicy', 'ServicesWriteAlone', (statement) => {
      statement.Condition = { Bool: { 'aws:PrincipalIsAWSService': somethingUnknown } };
    }),
  },
  'topics-over-tls-only': {
    broken: dropStatement('AlarmsPolicy', 'OnlyOverTls'),
    unknown: editStatement('AlarmsPolicy', 'OnlyOverTls', (statement) => {
      statement.Resource = somethingUnknown;
    }),
  },
  'homes-encrypted': {
    broken: set('Homes.Encrypted', false),
    unknown: set('Homes.KmsKeyId', somethingUnknown),
  },
  'homes-over-tls-only': {
    broken: set('Homes.FileSystemPolicy', undefined),
    unknown: editFirstStatement('Homes', (statement) => {
      statement.Principal = { AWS: somethingUnknown };
    }),
  },
  'images-sealed': {
    broken: set('Images.ImageTagMutability', 'MUTABLE'),
    unknown: set('Images.ImageTagMutability', somethingUnknown),
  },
  'topics-encrypted': {
    broken: add('Loud', 'AWS::SNS::Topic', {}),
    unknown: set('Alarms.KmsMasterKeyId', somethingUnknown),
  },
});
