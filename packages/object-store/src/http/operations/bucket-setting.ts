import { S3Error, type S3ErrorCode } from '../../s3-error.ts';
import type { BucketSettingName, BucketSettings } from '../../store/bucket-settings.ts';
import { noContent, xmlAnswer } from '../s3-answer.ts';
import type { BucketOperation } from '../s3-call.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { writeXml, type XmlContent } from '../xml/write-xml.ts';
import { readXmlBody } from '../xml-body.ts';

/** A setting of a bucket that is one XML document: how it is read, written and asked for. */
export interface SettingDocument<Name extends BucketSettingName> {
  readonly setting: Name;
  readonly root: string;
  /** IAM's names. */
  readonly actions: { readonly get: string; readonly put: string; readonly delete?: string };
  readonly parse: (document: XmlElement) => BucketSettings[Name];
  readonly toXml: (value: BucketSettings[Name]) => XmlContent;
  /** What S3 answers where nothing is set: an error, or a document. */
  readonly absent: { readonly code: S3ErrorCode; readonly message: string } | XmlContent;
}

export function getSetting<Name extends BucketSettingName>(
  document: SettingDocument<Name>,
): BucketOperation {
  const { setting, root, actions, absent } = document;
  return ({ store, caller }, { bucket }) => ({
    permissions: [{ action: actions.get, bucket }],
    async run() {
      const value = await store.getBucketSetting({ bucket, caller, setting });
      if (value !== undefined) return xmlAnswer(writeXml(root, document.toXml(value)));
      if (typeof absent === 'object' && 'code' in absent) {
        throw new S3Error(absent.code, absent.message, { details: { BucketName: bucket } });
      }
      return xmlAnswer(writeXml(root, absent));
    },
  });
}

export function putSetting<Name extends BucketSettingName>(
  document: SettingDocument<Name>,
): BucketOperation {
  const { setting, root, actions } = document;
  return (call, { bucket }) => ({
    permissions: [{ action: actions.put, bucket }],
    async run() {
      const value = document.parse(await readXmlBody(call, root));
      await call.store.putBucketSetting({ bucket, caller: call.caller, setting, value });
      return { status: 200 };
    },
  });
}

export function deleteSetting<Name extends BucketSettingName>({
  setting,
  actions,
}: SettingDocument<Name>): BucketOperation {
  return ({ store, caller }, { bucket }) => ({
    permissions: [{ action: actions.delete ?? actions.put, bucket }],
    async run() {
      await store.deleteBucketSetting({ bucket, caller, setting });
      return noContent;
    },
  });
}
