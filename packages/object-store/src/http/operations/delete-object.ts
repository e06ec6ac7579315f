import { withoutQuotes } from '../headers/condition-headers.ts';
import { versionAnswer } from '../headers/object-answer.ts';
import { unsupported } from '../headers/object-headers.ts';
import type { RequestFields } from '../request-fields.ts';
import type { ObjectOperation } from '../s3-call.ts';
import { versionAction, versionContext, versionOf } from './object-version.ts';

export const deleteObject: ObjectOperation = (call, path) => ({
  permissions: [
    { action: versionAction(call, 'DeleteObject'), ...path, context: versionContext(call) },
  ],
  async run() {
    refuseBypass(call);
    const ifMatch = call.header('if-match');
    const result = await call.store.deleteObject({
      ...{ ...path, caller: call.caller, ...versionOf(call) },
      ...(ifMatch === undefined ? {} : { conditions: { ifMatch: withoutQuotes(ifMatch) } }),
    });
    return {
      status: 204,
      headers: {
        ...versionAnswer(result.versionId),
        ...(result.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
      },
    };
  },
});

/** Governance mode is what it bypasses, and there is none. */
export function refuseBypass({ header }: RequestFields): void {
  const name = 'x-amz-bypass-governance-retention';
  if (header(name)?.toLowerCase() === 'true') throw unsupported(name);
}
