import { describe, expect, it } from 'vitest';
import { defaultScanRules } from './scan-rules.ts';
import { scanText } from './scan-text.ts';

const sizeCharacters = 1_000_000;

/**
 * One line of a million characters each. A pattern that takes quadratic time would need minutes; the bound
 * is wide, for a machine that does other things too.
 */
describe('a line made to take long', () => {
  it.each([
    'A',
    '1',
    '1-',
    '0-',
    '01 ',
    '(0',
    '+1',
    '+82 ',
    '010-1234-567',
    '010-1234-5678 ',
    '4111 ',
    '900101-1',
    '@',
    'a@',
    'a.@a.',
    '://',
    'a://b:c',
    'a:',
    'password=',
    'PASSWORD',
    'password="',
    'secret_access_key ',
    'eyJ',
    'eyJa.',
    'Bearer ',
    'ghp_',
    'xoxb-a-',
    'SG.a.',
    `SG.${'a'.repeat(200)}.${'b'.repeat(300)}!`,
    'sk-',
    'ops_ey',
    'hf_a',
    'AKIA',
    'postgres://',
    `postgres://${'a'.repeat(99)}:`,
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'PuTTY-User-Key-File-2: ',
    ' ',
    '\n',
    '"',
    '계좌',
    '주민 ',
  ])('%s', async (piece) => {
    const text = piece.repeat(Math.ceil(sizeCharacters / piece.length));
    const started = process.cpuUsage();
    await scanText(text, defaultScanRules);
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});
