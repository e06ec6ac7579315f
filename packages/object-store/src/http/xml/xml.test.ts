import { describe, expect, it } from 'vitest';
import { S3Error } from '../../s3-error.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';
import { textOf } from './xml-fields.ts';

function codeOf(text: string): string {
  try {
    readXml(text, 'Root');
    return 'read';
  } catch (error) {
    return error instanceof S3Error ? error.code : String(error);
  }
}

describe('XML that is written', () => {
  it.each([
    'a & b',
    '<i>',
    '"\'',
    ' spaces ',
    'tab\tline\nreturn\r',
    '한글 😀',
    ']]>',
    '&amp;amp;',
    '',
  ])('is read as it was meant: %j', (text) => {
    const written = writeXml('Root', [['Text', text]]);
    expect(textOf(readXml(written, 'Root'), 'Text')).toBe(text);
  });

  it('leaves out what is not there', () => {
    expect(
      writeXml('Root', [
        ['A', undefined],
        [
          'B',
          [
            ['C', 1],
            ['D', false],
          ],
        ],
      ]),
    ).toContain('<B><C>1</C><D>false</D></B></Root>');
  });
});

describe('XML that is read', () => {
  it('may have a namespace, a declaration, comments and CDATA', () => {
    const text =
      '<?xml version="1.0"?><!-- a --><a:Root xmlns:a="urn:x"><a:Text><![CDATA[<&amp;>]]></a:Text></a:Root>';
    expect(textOf(readXml(text, 'Root'), 'Text')).toBe('<&amp;>');
  });

  it.each([
    ['<!DOCTYPE Root [<!ENTITY a "aaaa">]><Root>&a;</Root>', 'a document type'],
    ['<!doctype Root SYSTEM "file:///etc/passwd"><Root/>', 'an external one'],
    ['<Root>&a;</Root>', 'an unknown entity'],
    ['<Root>&constructor;</Root>', 'a name that objects have'],
    ['<Root>&#0;</Root>', 'NUL'],
    ['<Root>&#xD800;</Root>', 'half a character'],
    ['<Root>&#x110000;</Root>', 'what is no character'],
    ['<Root><a></Root>', 'an open element'],
    ['<Root/><Root/>', 'two roots'],
    ['<Other/>', 'another root'],
    ['no XML', 'no element'],
    ['', 'nothing'],
    [`<Root>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</Root>`, 'many levels'],
    [`<Root>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</Root>`, 'more of them'],
  ])('is refused: %.80s (%s)', (text) => {
    expect(codeOf(text)).toBe('MalformedXML');
  });
});
