import { callersIn } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { type Asked, ask } from '../../policies/ask.ts';
import { checkAllowed } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { jobActions, jobRequest } from './job-request.ts';

export const approvedJobsStart: Question = {
  id: 'approved-jobs-start',
  group: 'access',
  title: {
    english: 'Jobs in the network, under the key and of an approved size start',
    korean: '네트워크, 키, 유형 조건을 지킨 작업은 시작할 수 있습니다',
  },
  why: {
    english:
      'A denial that rests on a key which no request carries, such as a deprecated one, stops every job.',
    korean:
      '더 이상 쓰이지 않는 키처럼 요청에 없는 키를 조건으로 한 거부 문은 모든 작업을 막습니다.',
  },
  reference:
    'Service Authorization Reference, "Actions, resources, and condition keys for Amazon SageMaker"',
  ask: (model) =>
    outcome(
      callersIn(model).flatMap((caller) =>
        jobActions
          .map((action) => jobRequest(model, caller, action, {}))
          .filter((request) => isGranted(model, request))
          .map((request) =>
            checkAllowed(model, request, {
              at: caller.identity.resource,
              says: {
                english: `"${caller.identity.resource.logicalId}" is allowed "${request.action}", but even a job in order is denied`,
                korean: `"${caller.identity.resource.logicalId}"에 "${request.action}" 작업이 허용되지만 조건을 모두 지킨 작업도 거부됩니다`,
              },
            }),
          ),
      ),
    ),
};

/** Somebody meant to let them: a statement of theirs allows it, whatever denies it then. */
function isGranted({ resources }: Model, request: Asked): boolean {
  const { decision, effect } = ask(resources.surroundings, request);
  if (effect !== 'refused') return true;
  return decision.statements.some(
    ({ kind, effect: says }) => kind === 'identity' && says === 'Allow',
  );
}
