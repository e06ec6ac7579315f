import { callersIn } from '../../graph/callers.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { checkPassing } from './check-passing.ts';

export const jobsActAsOneself: Question = {
  id: 'jobs-act-as-oneself',
  group: 'access',
  title: {
    english: 'Nobody runs a job as another person',
    korean: '다른 사람의 역할로 작업을 실행할 수 없습니다',
  },
  why: {
    english: 'Whoever may pass another’s role to a job reads with it what the other may read.',
    korean: '다른 사람의 역할을 작업에 전달하면 그 사람이 읽을 수 있는 데이터를 읽게 됩니다.',
  },
  reference: 'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ask: (model) => outcome(callersIn(model).flatMap((caller) => checkPassing(model, caller))),
};
