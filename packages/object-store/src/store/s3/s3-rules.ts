import type * as sdk from '@aws-sdk/client-s3';
import type { CorsRule, LifecycleFilter, LifecycleRule } from '../bucket-settings.ts';
import { tagSet, tagsOf } from './s3-attributes.ts';

export function corsInput(rules: readonly CorsRule[]): sdk.CORSRule[] {
  return rules.map((rule) => ({
    ...(rule.id !== undefined && { ID: rule.id }),
    ...{ AllowedOrigins: [...rule.allowedOrigins], AllowedMethods: [...rule.allowedMethods] },
    ...{ AllowedHeaders: [...rule.allowedHeaders], ExposeHeaders: [...rule.exposeHeaders] },
    ...(rule.maximumAgeSeconds !== undefined && { MaxAgeSeconds: rule.maximumAgeSeconds }),
  }));
}

export function corsOutput(rules: readonly sdk.CORSRule[] = []): readonly CorsRule[] {
  return rules.map(({ ID, MaxAgeSeconds, ...rule }) => ({
    ...(ID !== undefined && { id: ID }),
    ...{ allowedOrigins: rule.AllowedOrigins ?? [], allowedMethods: rule.AllowedMethods ?? [] },
    ...{ allowedHeaders: rule.AllowedHeaders ?? [], exposeHeaders: rule.ExposeHeaders ?? [] },
    ...(MaxAgeSeconds !== undefined && { maximumAgeSeconds: MaxAgeSeconds }),
  }));
}

export function lifecycleInput(rules: readonly LifecycleRule[]): sdk.LifecycleRule[] {
  return rules.map((rule) => {
    const { expirationDays, expirationDate, expiresDeleteMarkers } = rule;
    const { noncurrentDays, keptNoncurrentVersions, abortUploadsAfterDays } = rule;
    const expiration = {
      ...(expirationDays !== undefined && { Days: expirationDays }),
      ...(expirationDate !== undefined && { Date: expirationDate }),
      ...(expiresDeleteMarkers !== undefined && {
        ExpiredObjectDeleteMarker: expiresDeleteMarkers,
      }),
    };
    return {
      ...(rule.id !== undefined && { ID: rule.id }),
      ...{ Status: rule.isEnabled ? 'Enabled' : 'Disabled', Filter: filterInput(rule.filter) },
      ...(Object.keys(expiration).length > 0 && { Expiration: expiration }),
      ...(noncurrentDays !== undefined && {
        NoncurrentVersionExpiration: {
          NoncurrentDays: noncurrentDays,
          ...(keptNoncurrentVersions !== undefined && {
            NewerNoncurrentVersions: keptNoncurrentVersions,
          }),
        },
      }),
      ...(abortUploadsAfterDays !== undefined && {
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortUploadsAfterDays },
      }),
    };
  });
}

export function lifecycleOutput(rules: readonly sdk.LifecycleRule[] = []): LifecycleRule[] {
  return rules.map((rule) => {
    const { Days, Date: date, ExpiredObjectDeleteMarker: marker } = rule.Expiration ?? {};
    const { NoncurrentDays, NewerNoncurrentVersions } = rule.NoncurrentVersionExpiration ?? {};
    const abort = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
    return {
      ...(rule.ID !== undefined && { id: rule.ID }),
      ...{ isEnabled: rule.Status === 'Enabled', filter: filterOutput(rule) },
      ...(Days !== undefined && { expirationDays: Days }),
      ...(date !== undefined && { expirationDate: date }),
      ...(marker !== undefined && { expiresDeleteMarkers: marker }),
      ...(NoncurrentDays !== undefined && { noncurrentDays: NoncurrentDays }),
      ...(NewerNoncurrentVersions !== undefined && {
        keptNoncurrentVersions: NewerNoncurrentVersions,
      }),
      ...(abort !== undefined && { abortUploadsAfterDays: abort }),
    };
  });
}

/** S3 wants `And` around more than one condition, and none around one. */
function filterInput(filter: LifecycleFilter): sdk.LifecycleRuleFilter {
  const { prefix, tags = {}, sizeGreaterThanBytes, sizeLessThanBytes } = filter;
  const set = tagSet(tags);
  const single = {
    ...(prefix !== undefined && { Prefix: prefix }),
    ...(sizeGreaterThanBytes !== undefined && { ObjectSizeGreaterThan: sizeGreaterThanBytes }),
    ...(sizeLessThanBytes !== undefined && { ObjectSizeLessThan: sizeLessThanBytes }),
  };
  const [tag] = set;
  const count = Object.keys(single).length + set.length;
  if (count === 0) return { Prefix: '' };
  if (count > 1) return { And: { ...single, ...(tag && { Tags: set }) } };
  return tag === undefined ? single : { Tag: tag };
}

function filterOutput({ Filter = {}, Prefix: old }: sdk.LifecycleRule): LifecycleFilter {
  const { Tag: tag, And: and } = Filter;
  const prefix = and?.Prefix ?? Filter.Prefix ?? old;
  const tags = and?.Tags ?? (tag === undefined ? [] : [tag]);
  const greater = and?.ObjectSizeGreaterThan ?? Filter.ObjectSizeGreaterThan;
  const less = and?.ObjectSizeLessThan ?? Filter.ObjectSizeLessThan;
  return {
    ...(prefix !== undefined && prefix !== '' && { prefix }),
    ...(tags.length > 0 && { tags: tagsOf(tags) }),
    ...(greater !== undefined && { sizeGreaterThanBytes: greater }),
    ...(less !== undefined && { sizeLessThanBytes: less }),
  };
}
