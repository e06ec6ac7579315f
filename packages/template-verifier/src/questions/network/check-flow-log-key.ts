import { notInTemplates } from '../../graph/foreign.ts';
import { at, type Resource } from '../../graph/resource.ts';
import type { Resources } from '../../graph/resources.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { checkValue, equals, isPresent, undecided } from '../judge.ts';
import type { Finding } from '../question.ts';

const keyPath =
  'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
const says = {
  english: 'Flow logs go here, and nothing encrypts them under a key',
  korean: '흐름 로그가 저장되는 곳이 고객 관리형 키로 암호화되지 않았습니다',
};

/** The bucket or log group that a flow log writes to. */
export function checkFlowLogKey(resources: Resources, log: Resource): Finding {
  const destination = at(log, 'LogDestination') ?? at(log, 'LogGroupName');
  if (isUnknown(destination)) return undecided(log, 'LogDestination', destination);
  const text = String(destination ?? '');
  // A prefix may follow the bucket's ARN.
  const bucket =
    resources.find(text, 'AWS::S3::Bucket') ??
    resources.ofType('AWS::S3::Bucket').find(({ arn }) => text.startsWith(`${arn}/`));
  if (bucket !== undefined) return checkValue(bucket, `${keyPath}.SSEAlgorithm`, isKms, says);
  const group = resources.find(text, 'AWS::Logs::LogGroup');
  if (group !== undefined) return checkValue(group, 'KmsKeyId', isPresent, says);
  return undecided(log, 'LogDestination', notInTemplates(text));
}

const isKms: Parameters<typeof checkValue>[2] = (value) =>
  equals('aws:kms')(value) || equals('aws:kms:dsse')(value);
