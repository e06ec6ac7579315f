import { auditBuckets } from '../../graph/buckets.ts';
import { at, type Resource } from '../../graph/resource.ts';
import { checkRefused } from '../check-access.ts';
import { checkEach } from '../judge.ts';
import type { Question } from '../question.ts';
import { sealedFor } from './upload-to.ts';
import { worstCaller } from './worst-caller.ts';

export const evidenceNotRewritten: Question = {
  id: 'evidence-not-rewritten',
  group: 'storage',
  title: {
    english: 'Nobody writes into the evidence, or shortens how long it is kept',
    korean: '증적에 기록을 추가하거나 보존 기간을 줄일 수 없습니다',
  },
  why: {
    english:
      'Governance mode lets whoever may bypass it delete; whoever may write can bury a record under others.',
    korean:
      '거버넌스 모드에서는 우회 권한이 있으면 삭제할 수 있고, 쓰기 권한이 있으면 다른 기록으로 덮을 수 있습니다.',
  },
  reference: 'Amazon S3 User Guide, "Locking objects with Object Lock"',
  ask: (model) =>
    checkEach([...auditBuckets(model.resources)], (bucket) =>
      actionsOn(bucket).map((action) => {
        const { objectArn, ...caller } = worstCaller(model, bucket);
        return checkRefused(
          model,
          {
            ...{ ...caller, action, resourceArn: objectArn },
            context: { ...caller.context, ...sealedFor(model, bucket) },
          },
          {
            at: bucket,
            says: {
              english: `Somebody with full access in the account may call "${action}" on the evidence`,
              korean: `계정에서 전체 권한을 가진 사람이 증적에 "${action}" 작업을 할 수 있습니다`,
            },
          },
        );
      }),
    ),
};

/** In compliance mode nobody bypasses the lock, not even the account's root. */
function actionsOn(bucket: Resource): readonly string[] {
  const mode = at(bucket, 'ObjectLockConfiguration.Rule.DefaultRetention.Mode');
  const writing = ['s3:PutObject', 's3:PutObjectRetention'];
  return mode === 'COMPLIANCE' ? writing : [...writing, 's3:BypassGovernanceRetention'];
}
