import { callersIn } from '../../graph/callers.ts';
import { checkRefused } from '../check-access.ts';
import { outcome } from '../judge.ts';
import type { Question } from '../question.ts';
import { foreignKey } from '../storage/upload-to.ts';
import { jobRequest } from './job-request.ts';

const changes = [
  { 'sagemaker:VolumeKmsKeyArn': undefined },
  { 'sagemaker:OutputKmsKeyArn': undefined },
  { 'sagemaker:VolumeKmsKeyArn': foreignKey },
  { 'sagemaker:OutputKmsKeyArn': foreignKey },
];

export const jobsUnderKey: Question = {
  id: 'jobs-under-key',
  group: 'access',
  title: {
    english: 'Jobs write under the domain’s key alone',
    korean: '작업은 도메인의 키로만 저장합니다',
  },
  why: {
    english: 'The volume and the result of a job hold the data it was given.',
    korean: '작업의 볼륨과 결과에는 입력된 데이터가 담깁니다.',
  },
  reference: 'SageMaker AI Developer Guide, "Protect data at rest using encryption"',
  ask: (model) =>
    outcome(
      callersIn(model).flatMap((caller) =>
        ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob'].flatMap((action) =>
          changes.map((change) =>
            checkRefused(model, jobRequest(model, caller, action, change), {
              at: caller.identity.resource,
              says: {
                english: `"${caller.identity.resource.logicalId}" may call "${action}" without the domain’s key`,
                korean: `"${caller.identity.resource.logicalId}"(으)로 도메인의 키 없이 "${action}" 작업을 할 수 있습니다`,
              },
            }),
          ),
        ),
      ),
    ),
};
