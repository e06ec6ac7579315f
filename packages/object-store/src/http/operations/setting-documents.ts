import { S3Error } from '../../s3-error.ts';
import { toTags } from '../headers/tags.ts';
import { malformedXml } from '../xml/read-xml.ts';
import {
  booleanOf,
  child,
  childrenNamed,
  neededText,
  onlyChildren,
  textOf,
  wholeNumberOf,
} from '../xml/xml-fields.ts';
import type { SettingDocument } from './bucket-setting.ts';

export const versioning: SettingDocument<'versioning'> = {
  setting: 'versioning',
  root: 'VersioningConfiguration',
  actions: { get: 'GetBucketVersioning', put: 'PutBucketVersioning' },
  absent: [],
  parse(document) {
    if (textOf(document, 'MfaDelete') === 'Enabled') {
      throw new S3Error('NotImplemented', 'MFA delete is not implemented');
    }
    const status = textOf(document, 'Status');
    if (status === 'Enabled' || status === 'Suspended') return status;
    throw new S3Error(
      'MalformedXML',
      'The Versioning element must be specified: Enabled or Suspended',
    );
  },
  toXml: (status) => [['Status', status]],
};

export const encryption: SettingDocument<'encryption'> = {
  setting: 'encryption',
  root: 'ServerSideEncryptionConfiguration',
  actions: { get: 'GetEncryptionConfiguration', put: 'PutEncryptionConfiguration' },
  absent: {
    code: 'ServerSideEncryptionConfigurationNotFoundError',
    message: 'The server side encryption configuration was not found',
  },
  parse(document) {
    const [rule, ...more] = childrenNamed(document, 'Rule');
    const byDefault = rule && child(rule, 'ApplyServerSideEncryptionByDefault');
    if (rule === undefined || byDefault === undefined || more.length > 0) throw malformedXml();
    const algorithm = neededText(byDefault, 'SSEAlgorithm');
    if (algorithm !== 'aws:kms') {
      throw new S3Error(
        'InvalidEncryptionAlgorithmError',
        'The encryption request you specified is not valid. Supported value: aws:kms.',
        { details: { ArgumentName: 'SSEAlgorithm', ArgumentValue: algorithm } },
      );
    }
    const keyReference = textOf(byDefault, 'KMSMasterKeyID')?.trim();
    return {
      algorithm,
      ...(keyReference ? { keyReference } : {}),
      // Not S3's default, but this endpoint's: the key service is not to be asked for every object.
      bucketKeyEnabled: booleanOf(rule, 'BucketKeyEnabled') ?? true,
    };
  },
  toXml: ({ algorithm, keyReference, bucketKeyEnabled }) => [
    [
      'Rule',
      [
        [
          'ApplyServerSideEncryptionByDefault',
          [
            ['SSEAlgorithm', algorithm],
            ['KMSMasterKeyID', keyReference],
          ],
        ],
        ['BucketKeyEnabled', bucketKeyEnabled],
      ],
    ],
  ],
};

export const publicAccessBlock: SettingDocument<'publicAccessBlock'> = {
  setting: 'publicAccessBlock',
  root: 'PublicAccessBlockConfiguration',
  actions: {
    ...{ get: 'GetBucketPublicAccessBlock', put: 'PutBucketPublicAccessBlock' },
  },
  absent: {
    code: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
  },
  parse: (document) => ({
    blockPublicAcls: booleanOf(document, 'BlockPublicAcls') ?? false,
    ignorePublicAcls: booleanOf(document, 'IgnorePublicAcls') ?? false,
    blockPublicPolicy: booleanOf(document, 'BlockPublicPolicy') ?? false,
    restrictPublicBuckets: booleanOf(document, 'RestrictPublicBuckets') ?? false,
  }),
  toXml: (block) => [
    ['BlockPublicAcls', block.blockPublicAcls],
    ['IgnorePublicAcls', block.ignorePublicAcls],
    ['BlockPublicPolicy', block.blockPublicPolicy],
    ['RestrictPublicBuckets', block.restrictPublicBuckets],
  ],
};

export const tagging: SettingDocument<'tagging'> = {
  setting: 'tagging',
  root: 'Tagging',
  actions: { get: 'GetBucketTagging', put: 'PutBucketTagging' },
  absent: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  parse(document) {
    const set = child(document, 'TagSet');
    if (set === undefined) throw malformedXml();
    const pairs = childrenNamed(set, 'Tag').map(
      (tag) => [neededText(tag, 'Key'), neededText(tag, 'Value')] as const,
    );
    return toTags(pairs, 50);
  },
  toXml: (tags) => [
    [
      'TagSet',
      Object.entries(tags).map(
        ([key, value]) =>
          [
            'Tag',
            [
              ['Key', key],
              ['Value', value],
            ],
          ] as const,
      ),
    ],
  ],
};

export const objectLock: SettingDocument<'objectLock'> = {
  setting: 'objectLock',
  root: 'ObjectLockConfiguration',
  actions: {
    ...{ get: 'GetBucketObjectLockConfiguration', put: 'PutBucketObjectLockConfiguration' },
  },
  absent: {
    code: 'ObjectLockConfigurationNotFoundError',
    message: 'Object Lock configuration does not exist for this bucket',
  },
  parse(document) {
    onlyChildren(document, ['ObjectLockEnabled', 'Rule']);
    if (textOf(document, 'ObjectLockEnabled') !== 'Enabled') throw malformedXml();
    const rule = child(document, 'Rule');
    if (rule === undefined) return {};
    const retention = child(rule, 'DefaultRetention');
    if (retention === undefined) throw malformedXml();
    const mode = neededText(retention, 'Mode');
    if (mode === 'GOVERNANCE') {
      throw new S3Error('NotImplemented', 'Governance mode is not implemented; use COMPLIANCE');
    }
    const days = wholeNumberOf(retention, 'Days');
    const years = wholeNumberOf(retention, 'Years');
    if (mode !== 'COMPLIANCE' || (days === undefined) === (years === undefined)) {
      throw malformedXml();
    }
    if (days === 0 || years === 0) {
      throw new S3Error('InvalidRetentionPeriod', 'Default retention period must be positive');
    }
    const period = days === undefined ? { years: years ?? 0 } : { days };
    return { defaultRetention: { mode, ...period } };
  },
  toXml: ({ defaultRetention }) => [
    ['ObjectLockEnabled', 'Enabled'],
    [
      'Rule',
      defaultRetention && [
        [
          'DefaultRetention',
          [
            ['Mode', defaultRetention.mode],
            ['Days', defaultRetention.days],
            ['Years', defaultRetention.years],
          ],
        ],
      ],
    ],
  ],
};
