import { RefusedByPolicyError } from '../access.ts';
import { versionAnswer } from '../headers/object-answer.ts';
import { requestTagConditions } from '../headers/tags.ts';
import type { Permission } from '../permission.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import { writeXml } from '../xml/write-xml.ts';
import { readXmlBody } from '../xml-body.ts';
import { hidingMissing } from './hiding-missing.ts';
import { existingTags, versionAction, versionContext, versionOf } from './object-version.ts';
import { parseTagging, taggingFields } from './tagging-fields.ts';

export const getObjectTagging: ObjectOperation = async (call, path) => ({
  permissions: [await permission(call, path, 'GetObjectTagging')],
  run: () =>
    hidingMissing(call, path, async () => {
      const { tags, versionId } = await call.store.getTags(place(call, path));
      return xmlAnswer(writeXml('Tagging', taggingFields(tags)), versionAnswer(versionId));
    }),
});

/** The tags that are wanted are in the body, so what policies say of them is asked once it is read. */
export const putObjectTagging: ObjectOperation = async (call, path) => {
  const asked = await permission(call, path, 'PutObjectTagging');
  return {
    permissions: [],
    run: () =>
      hidingMissing(call, path, async () => {
        const tags = parseTagging(await readXmlBody(call, 'Tagging'), 10);
        const context = { ...asked.context, ...requestTagConditions(tags) };
        const verdict = await call.ask({ ...asked, context });
        if (!verdict.allowed) throw new RefusedByPolicyError(verdict);
        const { versionId } = await call.store.putTags({ ...place(call, path), tags });
        return { status: 200, headers: versionAnswer(versionId) };
      }),
  };
};

export const deleteObjectTagging: ObjectOperation = async (call, path) => ({
  permissions: [await permission(call, path, 'DeleteObjectTagging')],
  run: () =>
    hidingMissing(call, path, async () => {
      const { versionId } = await call.store.deleteTags(place(call, path));
      return { status: 204, headers: versionAnswer(versionId) };
    }),
});

async function permission(call: S3Call, path: ObjectPath, action: string): Promise<Permission> {
  const tags = await existingTags(call, { ...path, ...versionOf(call) });
  const context = { ...versionContext(call), ...tags };
  return { action: versionAction(call, action), ...path, context };
}

function place(call: S3Call, path: ObjectPath) {
  return { ...path, caller: call.caller, ...versionOf(call) };
}
