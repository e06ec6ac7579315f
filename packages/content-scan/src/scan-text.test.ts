import { describe, expect, it } from 'vitest';
import { defaultScanRules } from './scan-rules.ts';
import { scanText } from './scan-text.ts';
import { hyphenated, registrationNumber, samples } from './testing/samples.ts';

const resident = hyphenated(registrationNumber('900101123456'));

describe('scanText', () => {
  it('tells the line, from 1', async () => {
    const text = `a\n\n${resident}\r\nb\n${samples.gitHubToken}`;
    const findings = await scanText(text, defaultScanRules);
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ['resident-registration-number', 3],
      ['token', 5],
    ]);
  });

  it('masks all but four characters, and how long it was', async () => {
    const findings = await scanText(`${samples.gitHubToken} ${resident}`, defaultScanRules);
    expect(findings.map((finding) => finding.masked)).toEqual([
      `ghp_${'*'.repeat(20)}`,
      `900${'*'.repeat(11)}`,
    ]);
    for (const finding of findings) expect(finding.masked).not.toContain(resident.slice(7));
  });

  it('tells the same finding once a line', async () => {
    const findings = await scanText(`${resident} ${resident}\n${resident}`, defaultScanRules);
    expect(findings.map((finding) => finding.line)).toEqual([1, 2]);
  });

  it('does not look for what is off', async () => {
    const text = `010-1234-5678 ${resident} min@bank.kr`;
    const rules = { ...defaultScanRules, 'phone-number': 'off', 'email-address': 'off' } as const;
    expect((await scanText(text, rules)).map((finding) => finding.rule)).toEqual([
      'resident-registration-number',
    ]);
  });

  it('finds after a byte order mark', async () => {
    const findings = await scanText(`\uFEFF${samples.slackToken}`, defaultScanRules);
    expect(findings).toEqual([{ rule: 'token', line: 1, masked: `xoxb${'*'.repeat(20)}` }]);
  });

  it.each([
    ['floats', () => `${Math.fround(0.1 * 7)} 12.3456789012345  1e-17 123456.789012\n`],
    ['times', () => '2024-01-15T10:23:45.123456+09:00 1700000000 1700000000000 20240115102345\n'],
    ['UUIDs', () => '123e4567-e89b-12d3-a456-426614174000 00000000-0000-0000-0000-000000000000\n'],
    ['hashes', () => '4111111111111111aaaa 9f86d081884c7d659a2feaa0c55ad015 sha1-2fd4e1c6\n'],
    ['a plot', () => '<path d="M 57.6 307.584 L 414.72 41.472 1234.5678 901.2345"/>\n'],
    ['addresses', () => 'http://10.0.0.12:8888/api?id=1234&t=1700000000 https://h.kr/a/b/123456\n'],
    ['code', () => 'x[0:1234, -1] = 0x7fffffff + 1_000_000 * 3.14 # 100%\n'],
    ['a table', () => '12345  67890  2024-01-15  3000000  4000000  1,234,567.00\n'],
  ])('raises no false alarm on %s', async (_name, line) => {
    expect(await scanText(line().repeat(50), defaultScanRules)).toEqual([]);
  });
});
