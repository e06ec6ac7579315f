import { describe, expect, it } from 'vitest';
import { defaultScanRules } from '../scan-rules.ts';
import { scanText } from '../scan-text.ts';
import { hyphenated, registrationNumber, withWrongLastDigit } from '../testing/samples.ts';

async function rulesOf(text: string): Promise<string[]> {
  return (await scanText(text, defaultScanRules)).map((finding) => finding.rule);
}

const resident = registrationNumber('900101123456');
const bornIn2003 = registrationNumber('030228412345');
const foreigner = registrationNumber('880315512345', { isForeigner: true });
const bornIn2021 = withWrongLastDigit(registrationNumber('210531312345'));

describe('a resident registration number', () => {
  it.each([
    ['with a hyphen', hyphenated(resident)],
    ['of someone born in this century', hyphenated(bornIn2003)],
    ['without a hyphen', resident],
    ['with spaces around its hyphen', `${resident.slice(0, 6)} - ${resident.slice(6)}`],
    ['with a space', `${resident.slice(0, 6)} ${resident.slice(6)}`],
    ['with an en dash', `${resident.slice(0, 6)}–${resident.slice(6)}`],
    ['after Korean letters', `주민번호${hyphenated(resident)}입니다`],
    ['in HTML', `<td>${hyphenated(resident)}</td>`],
    ['in quotes, in a list', `["${hyphenated(resident)}",`],
    ['at the end of a sentence', `It was ${hyphenated(resident)}.`],
    ['in a row of a table', `0   Kim  ${hyphenated(resident)}  010`],
    ['of a child, which has no check digit', hyphenated(bornIn2021)],
    [
      'issued again, where the text says so',
      `주민등록번호\n${hyphenated(withWrongLastDigit(resident))}`,
    ],
  ])('is found %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual(['resident-registration-number']);
  });

  it.each([
    ['its check digit is wrong', hyphenated(withWrongLastDigit(resident))],
    [
      'its check digit is wrong and it has no hyphen',
      `주민등록번호 ${withWrongLastDigit(resident)}`,
    ],
    ['it has no hyphen and no check digit, though born lately', bornIn2021],
    ['there is no such day', hyphenated(registrationNumber('900231123456'))],
    ['there is no such month', hyphenated(registrationNumber('901301123456'))],
    ['the century is none in use', hyphenated(registrationNumber('900101923456'))],
    ['it goes on', `${hyphenated(resident)}-1 and ${resident}0`],
    ['it is within an identifier', `a${hyphenated(resident)} id-${resident} ${resident}x`],
    ['it is decimals', `0.${resident} and ${resident}.5`],
    ['it is grouped otherwise', `${resident.slice(0, 5)}-${resident.slice(5)}`],
  ])('is not found where %s', async (_name, text) => {
    expect(await rulesOf(text)).not.toContain('resident-registration-number');
  });

  it('is told from a time in milliseconds by the text that speaks of it', async () => {
    const asTime = registrationNumber('171231234567');
    expect(await rulesOf(`created ${asTime}`)).toEqual([]);
    expect(await rulesOf(`RRN ${asTime}`)).toEqual(['resident-registration-number']);
  });
});

describe('a foreigner registration number', () => {
  it('is found by its own check digit', async () => {
    expect(await rulesOf(hyphenated(foreigner))).toEqual(['foreigner-registration-number']);
    expect(await rulesOf(foreigner)).toEqual(['foreigner-registration-number']);
  });

  it('is not found by the check digit of residents', async () => {
    expect(await rulesOf(hyphenated(registrationNumber('880315512345')))).toEqual([]);
  });

  it('is found without a check digit where the text speaks of it', async () => {
    const text = `외국인등록번호: ${hyphenated(withWrongLastDigit(foreigner))}`;
    expect(await rulesOf(text)).toEqual(['foreigner-registration-number']);
  });
});
