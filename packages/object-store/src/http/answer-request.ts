import { S3Error } from '../s3-error.ts';
import { toSignableRequest } from '../signatures/signable-request.ts';
import { verifiedBody } from '../signatures/verified-body.ts';
import { type VerifiedSignature, verifySignature } from '../signatures/verify-signature.ts';
import type { BucketInfo } from '../store/bucket-settings.ts';
import { createAccess } from './access.ts';
import { commonConditions } from './common-conditions.ts';
import { corsHeaders, preflightAnswer } from './cors.ts';
import type { Exchange, RequestNotes } from './exchange.ts';
import { announcedTrailers } from './headers/checksum-headers.ts';
import { findOperation } from './operations/operation-table.ts';
import { hasBody, receivedBytes } from './request-body.ts';
import { type RequestFields, requestFields } from './request-fields.ts';
import { readTarget } from './request-target.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Call } from './s3-call.ts';
import type { S3Principal, S3ServiceOptions } from './s3-service-options.ts';

/** Who it is, what it is, whether it is allowed: in this order, and only then what it does. */
export async function answerRequest<Principal extends S3Principal>(
  exchange: Exchange,
  options: S3ServiceOptions<Principal>,
  notes: RequestNotes,
): Promise<S3Answer> {
  const { request, connection } = exchange;
  const signable = toSignableRequest(request);
  const fields = requestFields(signable);
  const { method, rawPath } = signable;
  const target = readTarget({ host: fields.header('host'), rawPath }, options.hostNames);
  Object.assign(notes, target);
  if (method === 'OPTIONS') {
    return preflightAnswer(await corsRules(options, target.bucket), fields.header);
  }
  refuseForm(method, fields);
  await noteCors(notes, { fields, method }, options);
  const signature = await verifySignature(signable, {
    region: options.region,
    now: options.clock,
    findCredentials: (asked) => options.authenticate({ ...asked, connection }),
  });
  const { arn } = signature.principal;
  notes.principalArn = arn;
  checkPayload(exchange, signature);
  checkOwner(fields, options.accountId);
  const operation = findOperation(method, target, fields);
  notes.operation = operation.name;
  const known = { fields, signature, notes, rawPath };
  const { call, access } = createCall(exchange, options, known);
  if (target.bucket !== undefined && operation.name !== 'CreateBucket') {
    await call.bucketInfo(target.bucket);
  }
  const prepared = await operation.prepare(call);
  await access.require(prepared.permissions);
  return prepared.run();
}

/** A form of a page is signed inside its body, and would else be told that it is not signed. */
function refuseForm(method: string, { header }: RequestFields): void {
  const isForm = header('content-type')?.startsWith('multipart/form-data') === true;
  if (method !== 'POST' || !isForm) return;
  throw new S3Error('NotImplemented', 'Uploads by an HTML form are not implemented');
}

function createCall<Principal extends S3Principal>(
  { request, response, connection, uploadEncryptions }: Exchange,
  options: S3ServiceOptions<Principal>,
  known: {
    readonly fields: RequestFields;
    readonly signature: VerifiedSignature<Principal>;
    readonly notes: RequestNotes;
    readonly rawPath: string;
  },
) {
  const { fields, signature, notes, rawPath } = known;
  const { principal } = signature;
  const { store, accountId } = options;
  const { sourceVpce } = connection;
  const caller = {
    principal: principal.arn,
    ...(sourceVpce === undefined ? {} : { sourceEndpoint: sourceVpce }),
  };
  const buckets = new Map<string, Promise<BucketInfo>>();
  function bucketInfo(bucket: string): Promise<BucketInfo> {
    const info = buckets.get(bucket) ?? store.headBucket({ bucket, caller });
    buckets.set(bucket, info);
    return info;
  }
  const now = options.clock();
  const conditions = commonConditions({ fields, connection, signature, accountId, now });
  const { authorize } = options;
  const access = createAccess({ authorize, principal, connection, conditions, bucketInfo });
  function onBodyBegin(): void {
    if (!notes.isContinued) response.writeContinue();
    notes.isContinued = true;
  }
  const call: S3Call = {
    ...fields,
    ...{ store, caller, uploadEncryptions, bucketInfo, service: options, ask: access.ask },
    address: `${connection.secureTransport ? 'https' : 'http'}://${fields.header('host')}${rawPath}`,
    body: () =>
      verifiedBody(receivedBytes(request, onBodyBegin), signature, announcedTrailers(fields)),
  };
  return { call, access };
}

/** On a connection that others can write to, the body must be signed too. */
function checkPayload(
  { request, connection }: Exchange,
  { payload }: Pick<VerifiedSignature<unknown>, 'payload'>,
): void {
  const isSigned = payload.kind === 'hashed' || (payload.kind === 'chunked' && payload.isSigned);
  if (isSigned || connection.secureTransport || connection.isLoopback === true) return;
  if (!hasBody(request)) return;
  throw new S3Error('InvalidRequest', 'A body that is not signed is accepted over HTTPS only');
}

function checkOwner({ header }: RequestFields, accountId: string): void {
  const names = ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner'];
  const isOther = names.some((name) => (header(name) ?? accountId) !== accountId);
  if (isOther) throw new S3Error('AccessDenied', 'Access Denied');
}

/** Also on refusals: a page must be able to read why. */
async function noteCors(
  notes: RequestNotes,
  { fields, method }: { readonly fields: RequestFields; readonly method: string },
  options: Pick<S3ServiceOptions, 'store'>,
): Promise<void> {
  const origin = fields.header('origin');
  if (origin === undefined) return;
  const rules = await corsRules(options, notes.bucket);
  notes.corsHeaders = corsHeaders(rules, { origin, method, headers: [] });
}

async function corsRules({ store }: Pick<S3ServiceOptions, 'store'>, bucket: string | undefined) {
  if (bucket === undefined) return undefined;
  try {
    const info = await store.headBucket({ bucket, caller: { principal: 'platform' } });
    return info.settings.cors;
  } catch (error) {
    // Whether there is such a bucket is not for who has not signed.
    if (error instanceof S3Error && error.status < 500) return undefined;
    throw error;
  }
}
