import { S3Error } from '../../s3-error.ts';
import { booleanOf, textOf } from '../xml/xml-fields.ts';
import type { SettingDocument } from './bucket-setting.ts';
import { parseTagging, taggingFields } from './tagging-fields.ts';

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
  parse: (document) => parseTagging(document, 50),
  toXml: taggingFields,
};
