import { errorCodeSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { ShareError } from './api/share-error.ts';
import { describeFailure } from './failure-text.ts';

const trans = {
  __: (text: string, ...values: string[]) =>
    values.reduce((filled, value, index) => filled.replace(`%${index + 1}`, value), text),
};

function said(code: string, values: object = {}, languageTag = 'en'): string {
  const error = ShareError.of({ error: { code, message: 'm', values, reference: 'ref1' } });
  return describeFailure(error, trans, languageTag);
}

describe('what a person reads of a failure', () => {
  it('names the cell, the key, the size, the rule and the reference', () => {
    expect(said('ShareBlocked', { cell: 3 })).toContain('cell 3');
    expect(said('KeyUnavailable', { key: 'alias/shares' })).toContain('alias/shares');
    expect(said('NotebookTooLarge', { maximumMebibytes: 50 })).toContain('50 MiB');
    expect(said('InvalidRequest', { field: 'expiresAt', maximumDays: 30 })).toContain('30 days');
    expect(said('InvalidRequest', { field: 'audience.people', name: 'eve' })).toContain('eve');
    expect(said('AccessDenied', { rule: 'no-sharing', action: 'a:b' })).toMatch(/a:b.*no-sharing/);
    expect(said('DiskFull')).toContain('ref1');
  });

  it('is Korean for a Korean where the policy says so', () => {
    expect(said('AccessDenied', { koreanSentence: '금지합니다.' }, 'ko-KR')).toContain(
      '금지합니다.',
    );
  });

  it('is never empty, whatever the code', () => {
    for (const code of errorCodeSchema.options) expect(said(code)).not.toBe('');
    expect(describeFailure(ShareError.of('x'), trans, 'en')).not.toBe('');
    expect(describeFailure(new Error('of Lab'), trans, 'en')).toBe('of Lab');
  });
});
