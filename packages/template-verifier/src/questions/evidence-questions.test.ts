import { describe, expect, it } from 'vitest';
import {
  add,
  describeQuestions,
  set,
  somethingUnknown,
  verdictOn,
} from '../testing/question-cases.ts';
import { evidenceQuestions } from './evidence-questions.ts';

const complete = 'template-complete';

describeQuestions(
  evidenceQuestions.filter(({ id }) => id !== complete),
  {
    'trail-of-data-events': {
      broken: set('Trail.EventSelectors', undefined),
      unknown: set('Trail.EventSelectors', somethingUnknown),
    },
    'trail-tamper-evident': {
      broken: set('Trail.EnableLogFileValidation', undefined),
      unknown: set('Trail.KMSKeyId', somethingUnknown),
    },
    'log-groups-kept': {
      broken: set('StudioLogs.RetentionInDays', undefined),
      unknown: set('StudioLogs.RetentionInDays', somethingUnknown),
    },
    'spending-watched': {
      broken: set('Budget.NotificationsWithSubscribers', undefined),
      unknown: set('Budget.NotificationsWithSubscribers', somethingUnknown),
    },
  },
);

describe(complete, () => {
  it('holds where everything was given', async () => {
    expect(await verdictOn(complete)).toBe('holds');
  });

  it('is unknown where a nested template is missing', async () => {
    const nested = add('Nested', 'AWS::CloudFormation::Stack', { TemplateURL: 'elsewhere' });
    expect(await verdictOn(complete, nested)).toBe('unknown');
  });

  it('is unknown where a macro writes the template', async () => {
    expect(
      await verdictOn(complete, (template) => {
        Object.assign(template, { Transform: 'AWS::Serverless-2016-10-31' });
      }),
    ).toBe('unknown');
  });
});
