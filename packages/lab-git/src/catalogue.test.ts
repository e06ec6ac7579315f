import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sourceFolder = new URL('.', import.meta.url);
const catalogue = JSON.parse(
  readFileSync(new URL('../locale/ko_KR.json', import.meta.url), 'utf8'),
) as Record<string, string>;

const sources = (readdirSync(sourceFolder, { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => [name, readFileSync(new URL(name, sourceFolder), 'utf8')] as const);
const texts = new Set(sources.flatMap(([, source]) => translatedTexts(source)));

describe('the Korean catalogue', () => {
  it('is asked for more than a hundred texts', () => {
    expect(texts.size).toBeGreaterThan(100);
  });

  it('has every text of the plugin, and no other', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...texts].sort());
  });

  it('is Korean and keeps every placeholder', () => {
    for (const [english, korean] of Object.entries(catalogue)) {
      expect(korean).toMatch(/[가-힣]|^Git$|^URL$/);
      expect(placeholders(korean)).toEqual(placeholders(english));
    }
  });
});

describe('the sources', () => {
  it('translate only literal texts, which this test can find', () => {
    for (const [name, source] of sources) {
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
  return [...new Set(text.match(/%\d/g) ?? [])].sort();
}
