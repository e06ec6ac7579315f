import { S3Error } from '../../s3-error.ts';
import type { BucketEncryption } from '../../store/bucket-settings.ts';
import { malformedXml } from '../xml/read-xml.ts';
import type { XmlField } from '../xml/write-xml.ts';
import { booleanOf, child, childrenNamed, neededText, textOf } from '../xml/xml-fields.ts';
import type { SettingDocument } from './bucket-setting.ts';

export const encryption: SettingDocument<'encryption'> = {
  setting: 'encryption',
  root: 'ServerSideEncryptionConfiguration',
  actions: { get: 'GetEncryptionConfiguration', put: 'PutEncryptionConfiguration' },
  // As S3 since 2023: a bucket has a default, whether it was set or not.
  absent: [['Rule', ruleFields({ algorithm: 'aws:kms', bucketKeyEnabled: true })]],
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
  toXml: (encryption) => [['Rule', ruleFields(encryption)]],
};

function ruleFields({ algorithm, keyReference, bucketKeyEnabled }: BucketEncryption): XmlField[] {
  return [
    [
      'ApplyServerSideEncryptionByDefault',
      [
        ['SSEAlgorithm', algorithm],
        ['KMSMasterKeyID', keyReference],
      ],
    ],
    ['BucketKeyEnabled', bucketKeyEnabled],
  ];
}
