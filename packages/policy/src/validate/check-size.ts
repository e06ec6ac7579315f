import type { PolicyKind } from '../policy-document.ts';
import { type Finding, warning } from './finding.ts';
import type { DocumentReading, StatementReading } from './statement-reading.ts';

interface SizeLimit {
  readonly characters: number;
  readonly english: string;
  readonly korean: string;
}

/** IAM User Guide, "IAM and AWS STS quotas"; PrivateLink and S3 user guides; Organizations quotas. */
const limits: Readonly<Record<PolicyKind, SizeLimit>> = {
  identity: { characters: 6_144, english: 'a managed policy', korean: '관리형 정책' },
  boundary: { characters: 6_144, english: 'a permissions boundary', korean: '권한 경계' },
  session: { characters: 2_048, english: 'a session policy', korean: '세션 정책' },
  'service-control': {
    characters: 5_120,
    english: 'a service control policy',
    korean: '서비스 제어 정책',
  },
  endpoint: { characters: 20_480, english: 'an endpoint policy', korean: '엔드포인트 정책' },
  resource: { characters: 20_480, english: 'a bucket policy', korean: '버킷 정책' },
};
const trustLimit: SizeLimit = {
  characters: 2_048,
  english: 'a trust policy',
  korean: '신뢰 정책',
};

/** Limits of AWS. Counted as IAM counts, without white space. */
export function* checkSize(
  { document, kind }: DocumentReading,
  statements: readonly StatementReading[],
): Iterable<Finding> {
  const limit = statements.some(({ trust }) => trust) ? trustLimit : limits[kind];
  const { length } = JSON.stringify(document).replace(/\s/g, '');
  if (length <= limit.characters) return;
  yield warning('TooLarge', '', {
    message: `Shorten the document from ${length} to ${limit.characters} characters: AWS takes no more in ${limit.english}`,
    korean: `문서를 ${length}자에서 ${limit.characters}자로 줄이세요. AWS의 ${limit.korean} 한도입니다`,
  });
}
