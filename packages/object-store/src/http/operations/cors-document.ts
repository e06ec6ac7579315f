import { S3Error } from '../../s3-error.ts';
import type { CorsRule } from '../../store/bucket-settings.ts';
import { malformedXml, type XmlElement } from '../xml/read-xml.ts';
import type { XmlField } from '../xml/write-xml.ts';
import { childrenNamed, onlyChildren, textOf, textsOf, wholeNumberOf } from '../xml/xml-fields.ts';
import type { SettingDocument } from './bucket-setting.ts';

const methods = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE'];
const maximumRules = 100;

export const cors: SettingDocument<'cors'> = {
  setting: 'cors',
  root: 'CORSConfiguration',
  actions: { get: 'GetBucketCORS', put: 'PutBucketCORS' },
  absent: {
    code: 'NoSuchCORSConfiguration',
    message: 'The CORS configuration does not exist',
  },
  parse(document) {
    const rules = childrenNamed(document, 'CORSRule').map(parseRule);
    if (rules.length === 0 || rules.length > maximumRules) throw malformedXml();
    return rules;
  },
  toXml: (rules) => rules.map((rule) => ['CORSRule', ruleFields(rule)] as const),
};

function parseRule(element: XmlElement): CorsRule {
  onlyChildren(element, [
    ...['ID', 'AllowedHeader', 'AllowedMethod', 'AllowedOrigin', 'ExposeHeader', 'MaxAgeSeconds'],
  ]);
  const id = textOf(element, 'ID');
  const allowedOrigins = textsOf(element, 'AllowedOrigin');
  const allowedMethods = textsOf(element, 'AllowedMethod');
  const allowedHeaders = textsOf(element, 'AllowedHeader');
  const maximumAgeSeconds = wholeNumberOf(element, 'MaxAgeSeconds');
  if (allowedOrigins.length === 0 || allowedMethods.length === 0) throw malformedXml();
  const unknownMethod = allowedMethods.find((each) => !methods.includes(each));
  if (unknownMethod !== undefined) {
    throw invalid(
      `Found unsupported HTTP method in CORS config. Unsupported method is ${unknownMethod}`,
    );
  }
  const wild = [...allowedOrigins, ...allowedHeaders].find((each) => each.split('*').length > 2);
  if (wild !== undefined) throw invalid(`"${wild}" can not have more than one wildcard.`);
  const exposeHeaders = textsOf(element, 'ExposeHeader');
  const noName = exposeHeaders.find((each) => !/^[\w!#$%&'*+.^`|~-]+$/.test(each));
  if (noName !== undefined) throw invalid(`ExposeHeader "${noName}" is no header's name.`);
  return {
    ...{ allowedOrigins, allowedMethods, allowedHeaders },
    exposeHeaders,
    ...(id === undefined ? {} : { id }),
    ...(maximumAgeSeconds === undefined ? {} : { maximumAgeSeconds }),
  };
}

function ruleFields(rule: CorsRule): XmlField[] {
  const each = (name: string, texts: readonly string[]) =>
    texts.map((text): XmlField => [name, text]);
  return [
    ['ID', rule.id],
    ...each('AllowedHeader', rule.allowedHeaders),
    ...each('AllowedMethod', rule.allowedMethods),
    ...each('AllowedOrigin', rule.allowedOrigins),
    ...each('ExposeHeader', rule.exposeHeaders),
    ['MaxAgeSeconds', rule.maximumAgeSeconds],
  ];
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidRequest', message);
}
