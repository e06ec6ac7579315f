import { describe, expect, it } from 'vitest';
import { auditDetail, auditRepeatedCount, auditTarget } from './audit-detail.ts';

describe('an event in one line', () => {
  it('tells what was asked for and what came of it', () => {
    const fields = { action: 'sagemaker:CreateApp', target: 'alice', rule: 'a/b', state: 'Ended' };
    expect(auditDetail(fields)).toBe('sagemaker:CreateApp · Ended');
    expect(auditDetail({ reason: 'x'.repeat(200) })).toHaveLength(81);
    expect(auditDetail({})).toBe('');
  });

  it.each([
    [{ target: 'alice' }, 'alice'],
    [{ subject: { kind: 'person', profileName: 'bob' } }, 'bob'],
    [{ subject: { kind: 'team', team: 'research' } }, 'research'],
    [{ subject: { kind: 'domain' } }, '*'],
    [{}, undefined],
    [{ subject: null }, undefined],
  ])('names whom %j was about', (fields, target) => {
    expect(auditTarget(fields)).toBe(target);
  });

  it('counts what was written once for many', () => {
    expect(auditRepeatedCount({ repeatedCount: 7 })).toBe(7);
    expect(auditRepeatedCount({ repeatedCount: '7' })).toBe(0);
  });
});
