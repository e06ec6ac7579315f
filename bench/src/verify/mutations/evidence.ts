import type { Mutation } from '../mutation.ts';

const trail = 'AWS::CloudTrail::Trail';
const logGroup = 'AWS::Logs::LogGroup';

export const evidenceMutations: readonly Mutation[] = [
  {
    ...{ id: 'data-events-missing', breaks: 'trail-of-data-events' },
    mistake: 'trail without data events',
    apply: (set) => set.set(trail, /./, 'EventSelectors', undefined),
  },
  {
    ...{ id: 'trail-missing', breaks: 'trail-of-data-events' },
    mistake: 'no trail',
    apply: (set) => set.remove(trail),
  },
  {
    ...{ id: 'writes-alone', breaks: 'trail-of-data-events' },
    mistake: 'trail of writes alone',
    apply: (set) => set.set(trail, /./, 'EventSelectors.0.ReadWriteType', 'WriteOnly'),
  },
  {
    ...{ id: 'validation-off', breaks: 'trail-tamper-evident' },
    mistake: 'trail without file validation',
    apply: (set) => set.set(trail, /./, 'EnableLogFileValidation', false),
  },
  {
    ...{ id: 'trail-without-key', breaks: 'trail-tamper-evident' },
    mistake: 'trail without a key',
    apply: (set) => set.set(trail, /./, 'KMSKeyId', undefined),
  },
  {
    ...{ id: 'trail-off', breaks: 'trail-tamper-evident' },
    mistake: 'trail that does not log',
    apply: (set) => set.set(trail, /./, 'IsLogging', false),
  },
  {
    ...{ id: 'log-group-without-key', breaks: 'log-groups-kept' },
    mistake: 'log group without a key',
    apply: (set) => set.set(logGroup, /Trail/, 'KmsKeyId', undefined),
  },
  {
    ...{ id: 'log-group-without-retention', breaks: 'log-groups-kept' },
    mistake: 'log group without a retention',
    apply: (set) => set.set(logGroup, /Trail/, 'RetentionInDays', undefined),
  },
  {
    ...{ id: 'budget-tells-nobody', breaks: 'spending-watched' },
    mistake: 'budget that tells nobody',
    apply: (set) => set.set('AWS::Budgets::Budget', /./, 'NotificationsWithSubscribers', undefined),
  },
];
