import { S3Error } from '../../s3-error.ts';
import type { Tags } from '../../store/bucket-settings.ts';
import type { ConditionValues } from '../s3-service-options.ts';

const maximumKeyLength = 128;
const maximumValueLength = 256;

/** `x-amz-tagging`: `a=1&b=2`. @throws {S3Error} `InvalidArgument`, `InvalidTag` */
export function readTaggingHeader(text: string | undefined): { tags?: Tags } {
  if (text === undefined || text === '') return {};
  const pairs = [...new URLSearchParams(text)];
  return { tags: toTags(pairs, 10) };
}

/** @throws {S3Error} `InvalidTag` where there are too many, or the same twice */
export function toTags(
  pairs: readonly (readonly [key: string, value: string])[],
  maximumCount: number,
): Tags {
  if (pairs.length > maximumCount) throw invalid(`Tags cannot be greater than ${maximumCount}`);
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (tags.has(key)) throw invalid('Cannot provide multiple Tags with the same key');
    if (!isText(key) || key === '' || key.length > maximumKeyLength) {
      throw invalid('The TagKey you have provided is invalid');
    }
    if (!isText(value) || value.length > maximumValueLength) {
      throw invalid('The TagValue you have provided is invalid');
    }
    if (key.startsWith('aws:')) throw invalid('System tags cannot be added/updated by requester');
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

export function requestTagConditions(tags: Tags | undefined): ConditionValues {
  return tags === undefined ? {} : tagConditions('s3:RequestObjectTag/', tags);
}

export function existingTagConditions(tags: Tags): ConditionValues {
  return prefixed('s3:ExistingObjectTag/', tags);
}

function tagConditions(prefix: string, tags: Tags): ConditionValues {
  return { ...prefixed(prefix, tags), 's3:RequestObjectTagKeys': Object.keys(tags) };
}

function prefixed(prefix: string, tags: Tags): ConditionValues {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
}

/** S3 User Guide, "Object tags": letters, spaces and numbers in UTF-8, and these. */
function isText(text: string): boolean {
  return /^[\p{L}\p{Z}\p{N}\p{M}_.:/=+\-@]*$/u.test(text);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidTag', message);
}
