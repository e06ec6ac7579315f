import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sourceFolder = new URL('.', import.meta.url);
const catalogue = JSON.parse(
  readFileSync(new URL('../locale/ko_KR.json', import.meta.url), 'utf8'),
) as Record<string, string>;

const texts = readdirSync(sourceFolder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .flatMap((name) => translatedTexts(readFileSync(new URL(name, sourceFolder), 'utf8')));

describe('the Korean catalogue', () => {
  it('is asked for dozens of texts', () => {
    expect(texts.length).toBeGreaterThan(50);
  });

  it('has every text of the plugins', () => {
    expect(texts.filter((text) => !(text in catalogue))).toEqual([]);
  });

  it('has no text that no plugin shows', () => {
    expect(Object.keys(catalogue).filter((text) => !texts.includes(text))).toEqual([]);
  });

  it('is Korean and keeps every placeholder', () => {
    for (const [english, korean] of Object.entries(catalogue)) {
      expect(korean).toMatch(/[가-힣]/);
      expect(placeholders(korean)).toEqual(placeholders(english));
    }
  });
});

describe('the sources', () => {
  it('translate only literal texts, which this test can find', () => {
    for (const name of readdirSync(sourceFolder).filter((each) => !each.endsWith('.test.ts'))) {
      const source = readFileSync(new URL(name, sourceFolder), 'utf8');
      const calls = source.match(/trans\.__\(/g)?.length ?? 0;
      expect([name, translatedTexts(source).length]).toEqual([name, calls]);
    }
  });
});

function translatedTexts(source: string): string[] {
  const calls = source.matchAll(/trans\.__\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g);
  return [...calls].map(([, single, double]) => (single ?? double ?? '').replaceAll("\\'", "'"));
}

function placeholders(text: string): string[] {
  return (text.match(/%\d/g) ?? []).sort();
}
