import type {
  BucketDetails,
  BucketOverview,
  BucketSummary,
  Versioning,
} from '@strongroom/contracts';
import type { DomainBucketAccess } from '@strongroom/domain';
import type { BucketInfo } from '@strongroom/object-store';
import { type KeyDescription, KeyError } from '@strongroom/sealing';
import type { StorageAsker } from '../../objects/storage-access.ts';
import type { CommonServices } from './console-services.ts';

type Services = Pick<CommonServices, 'domain' | 'keys' | 'policies' | 'storage'>;

interface Described {
  readonly info: BucketInfo;
  readonly asker: StorageAsker;
}

const platform = { principal: 'platform' };
/** Of a policy that was set on the bucket with PutBucketPolicy. */
const setPolicyName = 'bucket-policy';

export async function describeBucket(
  services: Services,
  { info, asker, overseesAll }: Described & { readonly overseesAll: boolean },
): Promise<BucketSummary> {
  const { bucket, createdAt } = info;
  const { buckets, objects } = services.domain();
  return {
    ...{ bucket, createdAt: createdAt.toISOString(), versioning: versioningOf(info) },
    description: buckets.find(({ name }) => name === bucket)?.description ?? null,
    may: await services.storage.access.permissionsOn(asker, info),
    overview: overseesAll
      ? await describeOverview(services, info, { isCounted: objects.store.kind === 'embedded' })
      : null,
  };
}

/** The bucket as such, and nothing of what is in it. */
export async function describeBucketDetails(
  services: Services,
  { info, asker }: Described,
): Promise<BucketDetails> {
  const { bucket, settings } = info;
  const named = services.domain().buckets.find(({ name }) => name === bucket);
  const ofDomain = policiesOf(services, bucket).map(({ name, purpose, document }) => ({
    ...{ name, purpose, document },
  }));
  const set =
    settings.policy === undefined
      ? []
      : [{ name: setPolicyName, purpose: null, document: JSON.parse(settings.policy) as unknown }];
  return {
    ...(await describeBucket(services, { info, asker, overseesAll: false })),
    overview: await describeOverview(services, info, { isCounted: true }),
    policies: [...ofDomain, ...set],
    access: (named?.access ?? []).map(describeAccess),
  };
}

export function versioningOf({ settings }: BucketInfo): Versioning {
  return settings.versioning ?? 'Off';
}

async function describeOverview(
  services: Services,
  { bucket, settings }: BucketInfo,
  { isCounted }: { readonly isCounted: boolean },
): Promise<BucketOverview> {
  const { storage, keys } = services;
  const { encryption, publicAccessBlock } = settings;
  const arn = encryption?.keyReference ?? storage.dataKeyArn;
  const key = findKey(keys, arn);
  return {
    usage: isCounted ? await storage.store.bucketUsage({ bucket, caller: platform }) : null,
    quotaBytes: settings.quotaBytes ?? null,
    policyNames: [
      ...policiesOf(services, bucket).map(({ name }) => name),
      ...(settings.policy === undefined ? [] : [setPolicyName]),
    ],
    key: {
      ...{ arn: key?.arn ?? arn, alias: key?.aliases[0] ?? null, state: key?.state ?? null },
      bucketKeyEnabled: encryption?.bucketKeyEnabled ?? true,
    },
    isPublicAccessBlocked:
      publicAccessBlock !== undefined && Object.values(publicAccessBlock).every(Boolean),
  };
}

function policiesOf({ policies }: Services, bucket: string) {
  return policies.book
    .list()
    .filter(({ bindings }) =>
      bindings.some((binding) => binding.kind === 'bucket' && binding.bucket === bucket),
    );
}

/** A key that is not ours, or not any more, is told by its ARN alone. */
function findKey(keys: Services['keys'], reference: string): KeyDescription | undefined {
  try {
    return keys.describe(reference);
  } catch (error) {
    if (error instanceof KeyError) return undefined;
    throw error;
  }
}

function describeAccess({ to, permission, from }: DomainBucketAccess) {
  const name = to.kind === 'everyone' ? 'everyone' : to.kind === 'team' ? to.team : to.profileName;
  return { to: name, toKind: to.kind, permission, from: [...from] };
}
