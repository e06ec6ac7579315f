import { errorCodeSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { describeFailure } from '../failure-text.ts';
import { trans } from '../testing/texts.ts';
import { ComputeError } from './compute-error.ts';

function said(code: string, values: object = {}, languageTag = 'en'): string {
  const error = { code, message: 'm', values, reference: 'ref1' };
  return describeFailure(ComputeError.ofPlatform(409, { error }), trans, languageTag);
}

describe('a failure', () => {
  it('of the platform has its code, what was in it and the reference', () => {
    const error = { code: 'BudgetReached', message: 'm', values: { left: 2 }, reference: 'r' };
    const read = ComputeError.ofPlatform(409, { error });
    expect(read).toMatchObject({ code: 'BudgetReached', status: 409, reference: 'r' });
    expect(read.value('left')).toBe('2');
  });

  it('of the agent has the code of the control plane where the refusal was its', () => {
    const body = { message: 'm', reason: 'Unavailable', code: 'InstanceTypeUnavailable' };
    expect(ComputeError.ofAgent(503, body)).toMatchObject({ code: 'InstanceTypeUnavailable' });
    expect(ComputeError.ofAgent(404, { reason: 'NotFound' })).toMatchObject({ code: 'NotFound' });
    const ofGateway = { error: { code: 'StudioStopped', message: 'm', reference: 'r' } };
    expect(ComputeError.ofAgent(503, ofGateway)).toMatchObject({ code: 'StudioStopped' });
  });

  it('of whatever else is one of the connection', () => {
    expect(ComputeError.ofPlatform(502, '<html>')).toMatchObject({ code: 'Unreachable' });
    expect(ComputeError.ofAgent(502, undefined)).toMatchObject({ code: 'Unreachable' });
  });

  it('is said in words that are never empty, whatever the code', () => {
    for (const code of errorCodeSchema.options) expect(said(code)).not.toBe('');
    expect(said('BudgetReached')).toContain('ref1');
    expect(describeFailure(new Error('of Lab'), trans, 'en')).toBe('of Lab');
  });

  it('is said in Korean to a Korean where a policy says so', () => {
    expect(said('AccessDenied', { koreanSentence: '금지합니다.' }, 'ko-KR')).toContain(
      '금지합니다.',
    );
  });
});
