import { describe, expect, it } from 'vitest';
import { defaultScanRules } from './scan-rules.ts';
import { scanText } from './scan-text.ts';

async function rulesOf(text: string): Promise<string[]> {
  return (await scanText(text, defaultScanRules)).map((finding) => finding.rule);
}

describe('an e-mail address', () => {
  it.each(['minsu.kim@bank.kr', '<a href="mailto:min@dept.bank.co.kr">', '담당(min+x@bank.kr).'])(
    'is found in %s',
    async (text) => {
      expect(await rulesOf(text)).toEqual(['email-address']);
    },
  );

  it.each([
    'alice@example.com',
    'bob@mail.example.org',
    'root@localhost',
    'git@github.com:bank/models.git',
    'no-reply@bank.kr',
    '@pytest.fixture',
    'a @ b.T',
    'logo@2x.png',
    'react@18.2.0',
    'x@y',
    'user@bank.kr',
  ])('is not found in %s', async (text) => {
    expect(await rulesOf(text)).toEqual([]);
  });
});
