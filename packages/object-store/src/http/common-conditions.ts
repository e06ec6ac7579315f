import type { VerifiedSignature } from '../signatures/verify-signature.ts';
import type { RequestFields } from './request-fields.ts';
import type { ConditionValues, S3Connection } from './s3-service-options.ts';

/**
 * Condition keys that every request has ("Actions, resources, and condition keys for Amazon S3";
 * IAM User Guide, "AWS global condition context keys"). What is not known is not there.
 */
export function commonConditions(options: {
  readonly fields: RequestFields;
  readonly connection: S3Connection;
  readonly signature: Pick<VerifiedSignature<unknown>, 'form' | 'signedAt'>;
  readonly accountId: string;
  readonly now: Date;
}): ConditionValues {
  const { fields, connection, signature, accountId, now } = options;
  const { sourceVpce, sourceIp, secureTransport, tlsVersion } = connection;
  const isPresigned = signature.form === 'query';
  return present({
    'aws:SecureTransport': secureTransport,
    'aws:SourceVpce': sourceVpce,
    // As on AWS: what comes through an endpoint has no public address.
    'aws:SourceIp': sourceVpce === undefined ? sourceIp : undefined,
    'aws:VpcSourceIp': sourceVpce === undefined ? undefined : sourceIp,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    'aws:UserAgent': fields.header('user-agent'),
    'aws:Referer': fields.header('referer'),
    's3:authType': isPresigned ? 'REST-QUERY-STRING' : 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:signatureAge': isPresigned ? now.getTime() - signature.signedAt.getTime() : undefined,
    's3:TlsVersion': tlsVersion,
    's3:x-amz-content-sha256': fields.header('x-amz-content-sha256'),
    's3:ResourceAccount': accountId,
  });
}

export function present(values: ConditionValues): ConditionValues {
  const found: Record<string, ConditionValues[string]> = {};
  for (const name in values) {
    if (values[name] !== undefined) found[name] = values[name];
  }
  return found;
}
