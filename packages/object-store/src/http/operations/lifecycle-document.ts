import { S3Error } from '../../s3-error.ts';
import type { LifecycleFilter, LifecycleRule } from '../../store/bucket-settings.ts';
import { toTags } from '../headers/tags.ts';
import { malformedXml, type XmlElement } from '../xml/read-xml.ts';
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
import { lifecycleRuleFields } from './lifecycle-fields.ts';
import { tagPairs } from './tagging-fields.ts';

const maximumRules = 1_000;

export const lifecycle: SettingDocument<'lifecycle'> = {
  setting: 'lifecycle',
  root: 'LifecycleConfiguration',
  actions: { get: 'GetLifecycleConfiguration', put: 'PutLifecycleConfiguration' },
  absent: {
    code: 'NoSuchLifecycleConfiguration',
    message: 'The lifecycle configuration does not exist',
  },
  parse(document) {
    onlyChildren(document, ['Rule']);
    const rules = childrenNamed(document, 'Rule').map(parseRule);
    if (rules.length === 0 || rules.length > maximumRules) throw malformedXml();
    return rules;
  },
  toXml: (rules) => rules.map((rule) => ['Rule', lifecycleRuleFields(rule)] as const),
};

const ruleChildren = [
  ...['ID', 'Status', 'Filter', 'Prefix', 'Expiration'],
  ...['NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload'],
];

function parseRule(element: XmlElement): LifecycleRule {
  const transition = element.children.find(({ name }) => name.endsWith('Transition'));
  if (transition !== undefined) {
    throw new S3Error('NotImplemented', `${transition.name} is not implemented: nothing is colder`);
  }
  onlyChildren(element, ruleChildren);
  const status = neededText(element, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw malformedXml();
  const id = textOf(element, 'ID');
  const acts = {
    ...parseExpiration(child(element, 'Expiration')),
    ...parseNoncurrent(child(element, 'NoncurrentVersionExpiration')),
    ...parseAbort(child(element, 'AbortIncompleteMultipartUpload')),
  };
  if (Object.keys(acts).length === 0) {
    throw new S3Error('InvalidRequest', 'At least one action needs to be specified in a rule');
  }
  const filter = parseFilter(element);
  return { ...(id === undefined ? {} : { id }), isEnabled: status === 'Enabled', filter, ...acts };
}

/** The older form has the prefix in the rule itself. */
function parseFilter(rule: XmlElement): LifecycleFilter {
  const filter = child(rule, 'Filter');
  if (filter === undefined) return prefixOf(rule);
  const criteria = child(filter, 'And') ?? filter;
  const pairs = tagPairs(criteria);
  const sizeGreaterThanBytes = wholeNumberOf(criteria, 'ObjectSizeGreaterThan');
  const sizeLessThanBytes = wholeNumberOf(criteria, 'ObjectSizeLessThan');
  return {
    ...prefixOf(criteria),
    ...(pairs.length === 0 ? {} : { tags: toTags(pairs, 10) }),
    ...(sizeGreaterThanBytes === undefined ? {} : { sizeGreaterThanBytes }),
    ...(sizeLessThanBytes === undefined ? {} : { sizeLessThanBytes }),
  };
}

function prefixOf(element: XmlElement): { prefix?: string } {
  const prefix = textOf(element, 'Prefix');
  return prefix === undefined ? {} : { prefix };
}

function parseExpiration(element: XmlElement | undefined) {
  if (element === undefined) return {};
  const days = positiveDays(element, 'Days');
  const date = textOf(element, 'Date')?.trim();
  const markers = booleanOf(element, 'ExpiredObjectDeleteMarker');
  const given = [days, date, markers].filter((each) => each !== undefined);
  if (given.length !== 1) throw malformedXml();
  if (days !== undefined) return { expirationDays: days };
  if (date === undefined) return { expiresDeleteMarkers: markers === true };
  const expirationDate = new Date(date);
  if (Number.isNaN(expirationDate.getTime())) throw malformedXml();
  return { expirationDate };
}

function parseNoncurrent(element: XmlElement | undefined) {
  if (element === undefined) return {};
  const noncurrentDays = positiveDays(element, 'NoncurrentDays');
  const kept = positiveDays(element, 'NewerNoncurrentVersions');
  if (noncurrentDays === undefined) throw malformedXml();
  return { noncurrentDays, ...(kept === undefined ? {} : { keptNoncurrentVersions: kept }) };
}

function parseAbort(element: XmlElement | undefined) {
  if (element === undefined) return {};
  const days = positiveDays(element, 'DaysAfterInitiation');
  if (days === undefined) throw malformedXml();
  return { abortUploadsAfterDays: days };
}

function positiveDays(element: XmlElement, name: string): number | undefined {
  const days = wholeNumberOf(element, name);
  if (days !== 0) return days;
  throw new S3Error('InvalidArgument', `'${name}' must be a positive integer`);
}
