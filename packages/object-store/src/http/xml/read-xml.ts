import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { S3Error } from '../../s3-error.ts';

export interface XmlElement {
  readonly name: string;
  /** Empty where there are elements inside. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/**
 * INVARIANT: nothing is expanded. A document type is refused, and only the five predefined entities
 * and character references are decoded, each to one character.
 */
const parser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: true, removeNSPrefix: true },
  ...{ parseTagValue: false, trimValues: false, processEntities: false },
  ...{ ignoreDeclaration: true, ignorePiTags: true, cdataPropName: '#cdata' },
});

const maximumDepth = 10;
const nodesSchema = z.array(z.record(z.string(), z.unknown()));

/** @throws {S3Error} `MalformedXML` unless it is one element of that name */
export function readXml(text: string, rootName: string): XmlElement {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  const [root, ...more] = toElements(parse(text), 1).children;
  if (root?.name !== rootName || more.length > 0) throw malformedXml();
  return root;
}

/** It throws where elements stand in each other too deep. */
function parse(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    throw malformedXml();
  }
}

export function malformedXml(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function toElements(nodes: unknown, depth: number): Pick<XmlElement, 'text' | 'children'> {
  if (depth > maximumDepth) throw malformedXml();
  const children: XmlElement[] = [];
  let text = '';
  for (const node of nodesSchema.parse(nodes)) {
    for (const [name, content] of Object.entries(node)) {
      if (name === '#text') text += decodeEntities(String(content));
      else if (name === '#cdata') text += cdataText(content);
      else if (name !== ':@') children.push({ name, ...toElements(content, depth + 1) });
    }
  }
  return { text: children.length === 0 ? text : '', children };
}

function cdataText(content: unknown): string {
  return nodesSchema
    .parse(content)
    .map((node) => String(node['#text'] ?? ''))
    .join('');
}

const entities: ReadonlyMap<string, string> = new Map([
  ...([
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
  ] as const),
]);

function decodeEntities(text: string): string {
  return text.replace(/&([^;&]*);?/g, (_, name: string) => {
    const reference = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
    if (reference === null) return entities.get(name) ?? refuseEntity();
    const [, hexadecimal, decimal] = reference;
    const codePoint = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && (codePoint & 0x1ff800) !== 0xd800;
    return isCharacter ? String.fromCodePoint(codePoint) : refuseEntity();
  });
}

function refuseEntity(): never {
  throw malformedXml();
}
