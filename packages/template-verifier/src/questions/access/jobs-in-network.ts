import { callersIn } from '../../graph/callers.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { jobActions, jobRequest } from './job-request.ts';

const withoutSubnets = { 'sagemaker:VpcSubnets': undefined };
const withoutGroups = { 'sagemaker:VpcSecurityGroupIds': undefined };
const withoutNetwork = { ...withoutSubnets, ...withoutGroups };
const elsewhere = {
  'sagemaker:VpcSubnets': ['subnet-0123456789abcdef0'],
  'sagemaker:VpcSecurityGroupIds': ['sg-0123456789abcdef0'],
};

export const jobsInNetwork: Question = {
  id: 'jobs-in-network',
  group: 'access',
  title: {
    english: 'Jobs run in this network alone',
    korean: '작업은 이 네트워크에서만 실행됩니다',
  },
  why: {
    english: 'A training job outside the network has the internet, whatever the studio has.',
    korean: '네트워크 밖의 훈련 작업은 스튜디오와 관계없이 인터넷에 접속할 수 있습니다.',
  },
  reference:
    'SageMaker AI Developer Guide, "Give SageMaker AI training jobs access to resources in your Amazon VPC"',
  ask: (model) =>
    outcome(
      callersIn(model).flatMap((caller) =>
        jobActions.flatMap((action) =>
          [withoutNetwork, withoutSubnets, withoutGroups, elsewhere].map((network) =>
            checkRefused(model, jobRequest(model, caller, action, network), {
              at: caller.identity.resource,
              says: {
                english: `"${caller.identity.resource.logicalId}" may call "${action}" outside the network`,
                korean: `"${caller.identity.resource.logicalId}"(으)로 네트워크 밖에서 "${action}" 작업을 할 수 있습니다`,
              },
            }),
          ),
        ),
      ),
    ),
};
