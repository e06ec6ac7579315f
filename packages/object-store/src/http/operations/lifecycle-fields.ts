import type { LifecycleFilter, LifecycleRule } from '../../store/bucket-settings.ts';
import type { XmlField } from '../xml/write-xml.ts';
import { tagFields } from './tagging-fields.ts';

export function lifecycleRuleFields(rule: LifecycleRule): XmlField[] {
  const { expirationDays, expirationDate, expiresDeleteMarkers, noncurrentDays } = rule;
  const { keptNoncurrentVersions, abortUploadsAfterDays } = rule;
  return [
    ['ID', rule.id],
    ['Filter', filterFields(rule.filter)],
    ['Status', rule.isEnabled ? 'Enabled' : 'Disabled'],
    [
      'Expiration',
      unlessEmpty([
        ['Days', expirationDays],
        ['Date', expirationDate],
        ['ExpiredObjectDeleteMarker', expiresDeleteMarkers],
      ]),
    ],
    [
      'NoncurrentVersionExpiration',
      unlessEmpty([
        ['NoncurrentDays', noncurrentDays],
        ['NewerNoncurrentVersions', keptNoncurrentVersions],
      ]),
    ],
    [
      'AbortIncompleteMultipartUpload',
      unlessEmpty([['DaysAfterInitiation', abortUploadsAfterDays]]),
    ],
  ];
}

/** Two and more criteria stand in an `And`. */
function filterFields(filter: LifecycleFilter): XmlField[] {
  const fields: XmlField[] = [
    ['Prefix', filter.prefix],
    ...tagFields(filter.tags ?? {}),
    ['ObjectSizeGreaterThan', filter.sizeGreaterThanBytes],
    ['ObjectSizeLessThan', filter.sizeLessThanBytes],
  ];
  const given = fields.filter(([, content]) => content !== undefined);
  return given.length > 1 ? [['And', given]] : given;
}

function unlessEmpty(fields: readonly XmlField[]): readonly XmlField[] | undefined {
  return fields.some(([, content]) => content !== undefined) ? fields : undefined;
}
