import { describe, expect, it } from 'vitest';
import { BucketError } from './bucket-error.ts';
import { describeFailure } from './failure-text.ts';

const trans = {
  __: (text: string, ...values: string[]) =>
    values.reduce((filled, value, index) => filled.replace(`%${index + 1}`, value), text),
};
const denied = BucketError.of({
  error: {
    code: 'AccessDenied',
    message: 'No policy allows it.',
    values: {
      action: 's3:PutObject',
      rule: 'implicit-deny',
      koreanSentence: '허용하는 정책이 없습니다.',
    },
    reference: 'abc123',
  },
});

describe('what a person reads of a failure', () => {
  it('names the action, the rule and the reference', () => {
    const said = describeFailure(denied, trans, 'en');
    for (const part of ['No policy allows it.', 's3:PutObject', 'implicit-deny', 'abc123']) {
      expect(said).toContain(part);
    }
  });

  it('is Korean for a Korean', () => {
    expect(describeFailure(denied, trans, 'ko-KR')).toContain('허용하는 정책이 없습니다.');
  });

  it("is the home's own sentence where the home is what failed", () => {
    expect(describeFailure(new Error('There is no "a"'), trans, 'en')).toBe('There is no "a"');
  });

  it('is the lost connection where the browser names only its own error', () => {
    const lost = describeFailure(new BucketError('Unreachable'), trans, 'en');
    expect(describeFailure(new TypeError('network error'), trans, 'en')).toBe(lost);
  });

  it('is never empty', () => {
    for (const body of [undefined, 'x', {}, { error: { code: 'Internal' } }]) {
      expect(describeFailure(BucketError.of(body), trans, 'en')).not.toBe('');
    }
  });
});
