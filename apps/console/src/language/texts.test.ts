import {
  appStatusSchema,
  appTypeSchema,
  auditEventNameSchema,
  errorCodeSchema,
  launchStageSchema,
  roleSchema,
} from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { english } from './english.ts';
import { korean } from './korean.ts';

type Texts = { readonly [key: string]: string | Texts };

/** Every text by its dotted key. */
function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') flat.set(prefix + key, text);
    else for (const [inner, value] of flatten(text, `${prefix}${key}.`)) flat.set(inner, value);
  }
  return flat;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

describe('the texts of the console', () => {
  const en = flatten(english);
  const ko = flatten(korean);

  it('are the same set in English and Korean', () => {
    expect([...ko.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it.each([...en])('%s takes the same values in Korean', (key, text) => {
    expect(placeholders(ko.get(key) ?? '')).toEqual(placeholders(text));
  });

  it('are written in Korean where they are Korean', () => {
    const untranslated = [...ko].filter(([, text]) => !/[가-힣]/.test(text) && !isNeutral(text));
    expect(untranslated.map(([key]) => key)).toEqual(['language.en']);
  });

  it.each([
    ['error', errorCodeSchema.options],
    ['launch.stage', launchStageSchema.options],
    ['role', roleSchema.options],
    ['appType', appTypeSchema.options],
    ['appStatus', appStatusSchema.options],
    ['audit.names', auditEventNameSchema.options],
  ])('name every value of %s', (prefix, values) => {
    expect(values.filter((value) => !en.has(`${prefix}.${value}`))).toEqual([]);
  });
});

/** Nothing but values, units, names and signs. */
function isNeutral(text: string): boolean {
  return /^(?:\{\{\w+\}\}|ms|ARN|Strongroom|[\s\d:.,/()-])*$/.test(text);
}
