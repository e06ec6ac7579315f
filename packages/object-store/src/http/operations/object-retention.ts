import { S3Error } from '../../s3-error.ts';
import { toRetention } from '../headers/object-headers.ts';
import { xmlAnswer } from '../s3-answer.ts';
import type { ObjectOperation, ObjectPath, S3Call } from '../s3-call.ts';
import { writeXml } from '../xml/write-xml.ts';
import { neededText } from '../xml/xml-fields.ts';
import { readXmlBody } from '../xml-body.ts';
import { refuseBypass } from './delete-object.ts';
import { hidingMissing } from './hiding-missing.ts';
import { versionContext, versionOf } from './object-version.ts';

export const getObjectRetention: ObjectOperation = (call, path) => ({
  permissions: [{ action: 'GetObjectRetention', ...path, context: versionContext(call) }],
  run: () =>
    hidingMissing(call, path, async () => {
      const retention = await call.store.getRetention(place(call, path));
      if (retention === undefined) throw noConfiguration();
      const { mode, retainUntil } = retention;
      return xmlAnswer(
        writeXml('Retention', [
          ['Mode', mode],
          ['RetainUntilDate', retainUntil],
        ]),
      );
    }),
});

export const putObjectRetention: ObjectOperation = (call, path) => ({
  permissions: [{ action: 'PutObjectRetention', ...path, context: versionContext(call) }],
  run: () =>
    hidingMissing(call, path, async () => {
      refuseBypass(call);
      const body = await readXmlBody(call, 'Retention');
      const until = neededText(body, 'RetainUntilDate');
      const retention = toRetention(neededText(body, 'Mode'), until);
      await call.store.putRetention({ ...place(call, path), retention });
      return { status: 200 };
    }),
});

function place(call: S3Call, path: ObjectPath) {
  return { ...path, caller: call.caller, ...versionOf(call) };
}

function noConfiguration(): S3Error {
  return new S3Error(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
  );
}
