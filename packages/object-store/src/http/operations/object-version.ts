import { S3Error } from '../../s3-error.ts';
import { existingTagConditions } from '../headers/tags.ts';
import type { RequestFields } from '../request-fields.ts';
import type { ObjectPath, S3Call } from '../s3-call.ts';
import type { ConditionValues } from '../s3-service-options.ts';

/** @throws {S3Error} `InvalidArgument` where it is empty */
export function versionOf({ parameter }: RequestFields): { versionId?: string } {
  const versionId = parameter('versionId');
  if (versionId === undefined) return {};
  if (versionId !== '' && versionId.length <= 1024) return { versionId };
  throw new S3Error('InvalidArgument', 'Version id cannot be the empty string', {
    details: { ArgumentName: 'versionId', ArgumentValue: versionId },
  });
}

/** IAM has an action of its own for what names a version: `GetObject` and `GetObjectVersion`. */
export function versionAction({ parameter }: RequestFields, action: string): string {
  if (parameter('versionId') === undefined) return action;
  return action.replace('Object', 'ObjectVersion');
}

export function versionContext({ parameter }: RequestFields): ConditionValues {
  const versionId = parameter('versionId');
  return versionId === undefined ? {} : { 's3:VersionId': versionId };
}

/** `s3:ExistingObjectTag/<key>`: looked up before the decision, where a policy may ask for it. */
export async function existingTags(
  { store, service, caller, bucketInfo }: S3Call,
  place: ObjectPath & { readonly versionId?: string },
): Promise<ConditionValues> {
  try {
    const { bucket, key, versionId } = place;
    const { policy } = (await bucketInfo(bucket)).settings;
    if (service.asksForExistingTags?.(policy) === false) return {};
    const version = versionId === undefined ? {} : { versionId };
    const { tags } = await store.getTags({ bucket, key, caller, ...version });
    return existingTagConditions(tags);
  } catch (error) {
    // What is not there has no tags; that it is not there is told only after the decision.
    if (error instanceof S3Error && error.status < 500) return {};
    throw error;
  }
}
