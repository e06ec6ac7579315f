export type XmlContent = string | number | boolean | Date | WrittenXml | readonly XmlField[];
/** Left out where the content is undefined. Attributes may follow the name. */
export type XmlField = readonly [name: string, content: XmlContent | undefined];

/** Fields that are text already, for answers with very many. */
export class WrittenXml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const s3Namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export function writeXml(root: string, content: XmlContent): string {
  return declaration + writeField([`${root} ${s3Namespace}`, content]);
}

/** Errors have no namespace in S3. */
export function writeXmlWithoutNamespace(root: string, content: XmlContent): string {
  return declaration + writeField([root, content]);
}

/** Without anything around them. */
export function writeXmlFields(fields: readonly XmlField[]): string {
  return fields.map(writeField).join('');
}

function writeField([name, content]: XmlField): string {
  if (content === undefined) return '';
  const [element = name] = name.split(' ', 1);
  return `<${name}>${writeContent(content)}</${element}>`;
}

function writeContent(content: XmlContent): string {
  if (typeof content === 'string') return escapeText(content);
  if (content instanceof Date) return content.toISOString();
  if (content instanceof WrittenXml) return content.text;
  if (typeof content === 'object') return writeXmlFields(content);
  return String(content);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ...([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
  ] as const),
]);

/** Control characters as references: a parser folds a bare carriage return into a line feed. */
export function escapeText(text: string): string {
  if (!/[&<>"\p{Cc}]/u.test(text)) return text;
  return text.replace(
    /[&<>"\p{Cc}]/gu,
    (character) => escapes.get(character) ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
