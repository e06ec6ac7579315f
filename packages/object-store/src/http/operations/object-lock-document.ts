import { S3Error } from '../../s3-error.ts';
import { malformedXml } from '../xml/read-xml.ts';
import { child, neededText, onlyChildren, textOf, wholeNumberOf } from '../xml/xml-fields.ts';
import type { SettingDocument } from './bucket-setting.ts';

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
