import { callersIn } from '../../graph/callers.ts';
import { studioRoleArns } from '../../policies/studio-roles.ts';
import { withFullAccess } from '../../policies/with-full-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkNotebooks, checkPeople } from './check-lasting.ts';

export const denialsOutlastWiderPolicies: Question = {
  id: 'denials-outlast-wider-policies',
  group: 'access',
  title: {
    english: 'What is forbidden stays so whatever policy somebody attaches later',
    korean: '나중에 어떤 정책이 추가되어도 금지된 작업은 계속 금지됩니다',
  },
  why: {
    english:
      'Policies grow. What rests on nothing being allowed yet is one careless attachment away.',
    korean:
      '정책은 계속 늘어납니다. 허용된 것이 없어서 막혀 있을 뿐이라면 정책 하나만 잘못 추가해도 열립니다.',
  },
  reference: 'IAM User Guide, "Policy evaluation logic"',
  ask: (model) => {
    const studioRoles = studioRoleArns(model.resources);
    return outcome(
      callersIn(model).flatMap((caller) => {
        const { identity } = caller;
        const wider = { ...caller, identity: withFullAccess(identity) };
        if (!identity.isExecutionRole) return checkPeople(model, wider);
        // A role that no studio gets has no notebooks to hold back.
        return studioRoles.has(identity.resource.arn) ? checkNotebooks(model, wider) : [];
      }),
    );
  },
};
