import type { Role } from '@strongroom/contracts';
import type { Domain } from '../file/domain.ts';
import { bucketPolicyDocument } from './bucket-policy.ts';
import type { DomainArns } from './domain-arns.ts';
import type { DomainResources } from './domain-resources.ts';
import { largeFilesBucket, largeFilesBucketDocument } from './large-files.ts';
import type { RenderedPolicy } from './rendered-policy.ts';
import { sharingAccessDocument, sharingBucketDocument } from './sharing.ts';

type Rendered = Omit<RenderedPolicy, 'file'>;

const role = (name: Role) => ({ kind: 'role', role: name }) as const;

/** Those of the domain file, each with the policy that every bucket has. */
export function bucketPolicies(
  { buckets, domain }: Domain,
  { dataKeyArn }: DomainResources,
): Rendered[] {
  return buckets.map(({ name }) => bucketPolicy(name, domain.accountId, dataKeyArn));
}

/** Read-only sharing of notebooks: whose shares are whose, and the bucket that they are in. */
export function sharingPolicies(
  { domain, sharing: { bucket } }: Domain,
  arns: DomainArns,
  { dataKeyArn }: DomainResources,
): Rendered[] {
  return [
    {
      ...{ name: 'sharing', kind: 'identity' },
      purpose: {
        english: 'Everyone shares their own notebooks and looks after their own shares.',
        korean: '누구나 자신의 노트북을 공유하고 자신의 공유를 관리합니다.',
      },
      document: sharingAccessDocument(arns, { bucket, ...domain }),
      bindings: [role('data-scientist'), role('administrator')],
    },
    bucketPolicy(bucket, domain.accountId, dataKeyArn),
    {
      ...{ name: 'sharing-bucket', kind: 'resource' },
      purpose: {
        english:
          'Shared notebooks are read and written through sharing alone, each person below their own name.',
        korean: '공유된 노트북은 공유 기능으로만 읽고 쓰며, 각자 자신의 이름 아래에만 저장합니다.',
      },
      document: sharingBucketDocument(bucket),
      bindings: [{ kind: 'bucket', bucket }],
    },
  ];
}

/** The large files of repositories. */
export function largeFilesPolicy({ domain }: Domain): Rendered {
  const bucket = largeFilesBucket(domain.accountId);
  return {
    ...{ name: `bucket-${bucket}`, kind: 'resource' },
    purpose: {
      english: 'Large files of repositories are read and written through Git alone.',
      korean: '리포지토리의 대용량 파일은 Git으로만 읽고 씁니다.',
    },
    document: largeFilesBucketDocument(bucket),
    bindings: [{ kind: 'bucket', bucket }],
  };
}

/** Every bucket has this one, also where it was made by somebody and is in no domain file. */
export function bucketPolicy(bucket: string, accountId: string, keyArn: string): Rendered {
  return {
    ...{ name: `bucket-${bucket}`, kind: 'resource' },
    purpose: {
      english: `The bucket "${bucket}" takes nothing that is not sealed under the domain's key.`,
      korean: `버킷 "${bucket}"은(는) 도메인의 키로 봉인되지 않은 것을 받지 않습니다.`,
    },
    document: bucketPolicyDocument({ bucket, keyArn, accountId }),
    bindings: [{ kind: 'bucket', bucket }],
  };
}
