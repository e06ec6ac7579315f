import { malformedXml, type XmlElement } from './read-xml.ts';

/** @throws {S3Error} `MalformedXML` where there are two */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  const [first, ...more] = childrenNamed(element, name);
  if (more.length > 0) throw malformedXml();
  return first;
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((each) => each.name === name);
}

/** @throws {S3Error} `MalformedXML` where there are two, or elements in it */
export function textOf(element: XmlElement, name: string): string | undefined {
  const found = child(element, name);
  if (found !== undefined && found.children.length > 0) throw malformedXml();
  return found?.text;
}

/** @throws {S3Error} `MalformedXML` where it is missing */
export function neededText(element: XmlElement, name: string): string {
  const text = textOf(element, name);
  if (text === undefined) throw malformedXml();
  return text;
}

export function textsOf(element: XmlElement, name: string): readonly string[] {
  return childrenNamed(element, name).map(({ text }) => text);
}

/** @throws {S3Error} `MalformedXML` unless it is digits */
export function wholeNumberOf(element: XmlElement, name: string): number | undefined {
  const text = textOf(element, name)?.trim();
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw malformedXml();
  return Number(text);
}

/** @throws {S3Error} `MalformedXML` unless it is `true` or `false` */
export function booleanOf(element: XmlElement, name: string): boolean | undefined {
  const text = textOf(element, name)?.trim().toLowerCase();
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false') throw malformedXml();
  return text === 'true';
}

/** @throws {S3Error} `MalformedXML` where there is an element that has no meaning here */
export function onlyChildren(element: XmlElement, names: readonly string[]): void {
  if (element.children.some(({ name }) => !names.includes(name))) throw malformedXml();
}
