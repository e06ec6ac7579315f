import type { Tags } from '../../store/bucket-settings.ts';
import { toTags } from '../headers/tags.ts';
import { malformedXml, type XmlElement } from '../xml/read-xml.ts';
import type { XmlField } from '../xml/write-xml.ts';
import { child, childrenNamed, neededText } from '../xml/xml-fields.ts';

/** The tags of a bucket or of an object. @throws {S3Error} `MalformedXML`, `InvalidTag` */
export function parseTagging(document: XmlElement, maximumCount: number): Tags {
  const set = child(document, 'TagSet');
  if (set === undefined) throw malformedXml();
  return toTags(tagPairs(set), maximumCount);
}

export function tagPairs(element: XmlElement): (readonly [key: string, value: string])[] {
  return childrenNamed(element, 'Tag').map((tag) => [
    neededText(tag, 'Key'),
    neededText(tag, 'Value'),
  ]);
}

export function taggingFields(tags: Tags): XmlField[] {
  return [['TagSet', tagFields(tags)]];
}

export function tagFields(tags: Tags): XmlField[] {
  return Object.entries(tags).map(([key, value]) => [
    'Tag',
    [
      ['Key', key],
      ['Value', value],
    ],
  ]);
}
