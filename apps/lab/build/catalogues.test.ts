import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const packagesFolder = new URL('../../../packages/', import.meta.url);
/** Of every Lab extension of ours. */
const extensions = readdirSync(packagesFolder)
  .filter((name) => existsSync(new URL(`${name}/locale/ko_KR.json`, packagesFolder)))
  .map((name) => readExtension(name));

/** What is the same word in Korean. */
const sameInKorean = new Set(['Git', 'URL']);

it('every Lab extension has a Korean catalogue', () => {
  const names = readdirSync(packagesFolder).filter((name) => name.startsWith('lab-'));
  expect(extensions.map(({ name }) => name).sort()).toEqual(names.sort());
});

describe.each(extensions)('the Korean catalogue of $name', ({ catalogue, texts, sources }) => {
  it('has every text of the plugins', () => {
    expect([...texts].filter((text) => !(text in catalogue))).toEqual([]);
  });

  it('has no text that no plugin shows', () => {
    expect(Object.keys(catalogue).filter((text) => !texts.has(text))).toEqual([]);
  });

  it('is Korean and keeps every placeholder', () => {
    for (const [english, korean] of Object.entries(catalogue)) {
      if (!sameInKorean.has(english)) expect(korean).toMatch(/[가-힣]/);
      expect(placeholders(korean)).toEqual(placeholders(english));
    }
  });

  it('is of literal texts, which this test can find', () => {
    for (const { name, source } of sources) {
      const calls = source.match(/trans\.__\(/g)?.length ?? 0;
      expect([name, translatedTexts(source).length]).toEqual([name, calls]);
    }
  });
});

function readExtension(name: string) {
  const folder = new URL(`${name}/src/`, packagesFolder);
  const sources = (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ name: file, source: readFileSync(new URL(file, folder), 'utf8') }));
  const catalogueFile = new URL(`${name}/locale/ko_KR.json`, packagesFolder);
  const catalogue = JSON.parse(readFileSync(catalogueFile, 'utf8')) as Record<string, string>;
  const texts = new Set(sources.flatMap(({ source }) => translatedTexts(source)));
  return { name, catalogue, sources, texts };
}

function translatedTexts(source: string): string[] {
  const calls = source.matchAll(/trans\.__\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g);
  return [...calls].map(([, single, double]) => (single ?? double ?? '').replaceAll("\\'", "'"));
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/%\d/g) ?? [])].sort();
}
