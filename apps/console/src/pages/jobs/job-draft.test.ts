import type { JobSchedule } from '@strongroom/contracts';
import { once, rhythmOf } from '@strongroom/contracts/rhythm';
import { describe, expect, it } from 'vitest';
import {
  definitionOf,
  draftOf,
  type JobDraft,
  newDraft,
  problemsOf,
  scheduleOf,
} from './job-draft.ts';

const draft: JobDraft = { ...newDraft(), name: 'Nightly', notebookPath: 'reports/night.ipynb' };

describe('a job as it is written', () => {
  it('leaves to the notebook and the domain what was not chosen', () => {
    expect(definitionOf(draft)).toMatchObject({
      ...{ kernelName: null, imageName: null, instanceType: null, parameters: {} },
    });
  });

  it('has parameters of the kinds that they look like', () => {
    const parameters = [
      { name: 'year', value: '2026' },
      { name: 'isFinal', value: 'true' },
      { name: 'region', value: 'Seoul' },
      { name: 'code', value: '"007"' },
    ];
    const { parameters: read } = definitionOf({ ...draft, parameters }) ?? {};
    expect(read).toEqual({ year: 2026, isFinal: true, region: 'Seoul', code: '007' });
  });

  it.each([
    ['name', { name: ' ' }],
    ['notebookPath', { notebookPath: 'night.py' }],
    ['maximumRetries', { maximumRetries: '9' }],
    ['maximumMinutes', { maximumMinutes: 'long' }],
    ['parameters', { parameters: [{ name: 'a b', value: '1' }] }],
    ['parameters', { parameters: ['a', 'a'].map((name) => ({ name, value: '1' })) }],
    ['output', { output: { kind: 'bucket', bucket: '' as never, prefix: '' } }],
  ] as const)('is not sent while its %s is not right', (field, change) => {
    const wrong = { ...draft, ...change } as JobDraft;
    expect([...problemsOf(wrong)]).toEqual([field]);
    expect(definitionOf(wrong)).toBeUndefined();
  });

  it('is a schedule where it has a rhythm of five fields', () => {
    const weekly = { ...draft, rhythm: rhythmOf('0 9 * * 1') };
    expect(scheduleOf(weekly)).toMatchObject({ cron: '0 9 * * 1', isEnabled: true });
    expect(scheduleOf({ ...draft, rhythm: once })).toBeUndefined();
    expect(scheduleOf({ ...draft, rhythm: rhythmOf('0 9 * *') })).toBeUndefined();
  });

  it('is read from a schedule and written as it was', () => {
    const definition = definitionOf({
      ...{ ...draft, instanceType: 'ml.m5.large' },
      parameters: [{ name: 'code', value: '"007"' }],
    });
    const schedule = {
      ...{ definition, cron: '30 18 * * 1-5', timeZone: 'Asia/Seoul', isEnabled: false },
    } as JobSchedule;
    expect(scheduleOf(draftOf(schedule))).toEqual(schedule);
  });
});
