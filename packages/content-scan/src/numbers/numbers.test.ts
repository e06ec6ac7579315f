import { describe, expect, it } from 'vitest';
import { defaultScanRules } from '../scan-rules.ts';
import { scanText } from '../scan-text.ts';

async function rulesOf(text: string): Promise<string[]> {
  return (await scanText(text, defaultScanRules)).map((finding) => finding.rule);
}

describe('a card number', () => {
  it.each([
    ['in four groups with hyphens', '4111-1111-1111-1111'],
    ['in four groups with spaces', 'card: 4111 1111 1111 1111, 12/29'],
    ['in one group', 'pan=5555555555554444'],
    ['of Mastercard’s newer range', '2223 0031 2200 3222'],
    ['of American Express', '3782 822463 10005'],
    ['of American Express in one group', '378282246310005'],
    ['of JCB', '3530111333300000'],
    ['of UnionPay', '6200000000000005'],
    ['of a domestic issuer, in groups', '9400-1234-5678-9012'],
    ['beside the index of a row', '0 4111 1111 1111 1111'],
  ])('is found %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual(['card-number']);
  });

  it.each([
    ['Luhn’s digit is wrong', '4111-1111-1111-1112 4111111111111112'],
    ['no issuer begins so', '1111 1111 1111 1117'],
    ['the groups are no card’s', '41111-111111-11111'],
    ['it is a row of a table', '4111 1111 1111 1111 2222 3333 4444'],
    ['it is decimals', '0.4111111111111111 and -4111111111111111.5'],
    ['it is hexadecimal', '4111111111111111e a4111111111111111'],
    ['it is a piece of a UUID', 'f4111111-1111-4111-9111-4111111111111111'],
    ['it is a time in nanoseconds', '1700000000000000000 1732809600000000'],
    ['it begins with 9 and has no groups', '9400123456789012'],
  ])('is not found where %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual([]);
  });
});

describe('a phone number', () => {
  it.each([
    ['of a mobile phone', '010-1234-5678'],
    ['of a mobile phone in one group', '전화 01012345678'],
    ['of a mobile phone with spaces', '010 1234 5678'],
    ['of a mobile phone with points', '010.1234.5678'],
    ['of Seoul', '(02) 1234-5678'],
    ['of Gyeonggi', '031-123-4567'],
    ['of Korea, from abroad', '+82 10-1234-5678'],
    ['of Korea, in one group', 'tel:+821012345678'],
    ['of another country', '+1 415-555-2671'],
  ])('is found %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual(['phone-number']);
  });

  it('is masked with its sign, and nothing behind it', async () => {
    const findings = await scanText('call +82 10-1234-5678 or not', defaultScanRules);
    expect(findings[0]?.masked).toBe(`+82 ${'*'.repeat(12)}`);
  });

  it.each([
    ['it is a date or a time', '2024-01-15 10:23:45 20240115 00:01:02.123456 01-15'],
    ['it is a sum', 'x = a +12345 + 99 +1.5'],
    ['it is a float', '0.1234 00.12 0.010-1234-5678'],
    ['it is an address', '10.0.0.1 192.168.000.001 0.0.0.0'],
    ['it is a version', 'numpy 1.26.4 02.03.04'],
    ['it is a short number of an office', '1588-1234 112 02-12'],
    ['it is a column of zeros', '000 0000 0000 00 000 0000'],
  ])('is not found where %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual([]);
  });
});

describe('an account number', () => {
  it.each([
    ['of Kookmin Bank', '123456-01-123456'],
    ['of Shinhan Bank', '110-123-456789'],
    ['of Woori Bank', '1002-123-456789'],
    ['of Hana Bank', '123-456789-12345'],
    ['of NH Bank', '301-1234-5678-91'],
    ['of KakaoBank', '3333-01-1234567'],
    ['after the word', '계좌번호: 12345678901'],
    ['after the English word', 'account_no = "110123456789"'],
    ['after a bank’s name', '신한은행 110123456789'],
  ])('is found %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual(['account-number']);
  });

  it.each([
    ['no word is near', 'order 110123456789 of 12345678901'],
    ['the word is in another line', 'account\n110123456789'],
    ['it is a date', '2024-01-15 2024-0115-1030'],
    ['the groups are no bank’s', '12-3456-789012'],
    ['it is one digit again and again', '000000-00-000000 account 1111111111'],
  ])('is not found where %s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual([]);
  });
});
