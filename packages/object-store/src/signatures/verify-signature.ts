import { timingSafeEqual } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import { calculateSignature } from './calculate-signature.ts';
import { canonicalRequests } from './canonical-request.ts';
import { checkTime } from './check-time.ts';
import { type ClaimedSignature, readClaimedSignature } from './claimed-signature.ts';
import { type PayloadMode, readPayloadMode } from './payload-mode.ts';
import type { SignableRequest } from './signable-request.ts';
import { signingKeyOf } from './signing-keys.ts';

/** A request that is from who it says; its body is not read yet. */
export interface VerifiedSignature<Principal> {
  readonly principal: Principal;
  readonly form: ClaimedSignature['form'];
  readonly signedAt: Date;
  readonly payload: PayloadMode;
  /** What the signatures of the body's chunks go on from. */
  readonly chunkSeed: ChunkSeed;
}

export interface ChunkSeed {
  readonly signingKey: Buffer;
  readonly timestamp: string;
  readonly scope: string;
  readonly signature: string;
}

export type CredentialProblem =
  | 'InvalidAccessKeyId'
  | 'InvalidToken'
  | 'ExpiredToken'
  | 'AccessDenied';

export interface FoundCredentials<Principal> {
  readonly secretAccessKey: string;
  readonly principal: Principal;
}

export interface SignatureAuthority<Principal> {
  readonly region: string;
  readonly now: () => Date;
  readonly findCredentials: (asked: {
    readonly accessKeyId: string;
    readonly sessionToken: string | undefined;
  }) => Promise<FoundCredentials<Principal> | CredentialProblem>;
}

/**
 * Resolves where the request is signed, as it is (AWS Signature Version 4, in headers or in a
 * presigned URL).
 *
 * @throws {S3Error} with S3's code for what is wrong
 */
export async function verifySignature<Principal>(
  request: SignableRequest,
  authority: SignatureAuthority<Principal>,
): Promise<VerifiedSignature<Principal>> {
  const claimed = readClaimedSignature(request);
  if (claimed === undefined) throw new S3Error('AccessDenied', 'Access Denied');
  const { payloadHash, mode } = readPayloadMode(request, claimed);
  checkScope(claimed, authority.region);
  const signedAt = checkTime(claimed, authority.now());
  checkCoverage(claimed, request);
  const { accessKeyId, sessionToken } = claimed;
  const found = await authority.findCredentials({ accessKeyId, sessionToken });
  if (typeof found === 'string') throw new S3Error(found, credentialMessages[found]);
  const { signedHeaders, timestamp, signature } = claimed;
  const scope = claimed.scope.text;
  const signingKey = signingKeyOf(found.secretAccessKey, scope);
  const claimedSignature = Buffer.from(signature, 'hex');
  const isRight = canonicalRequests({ request, signedHeaders, payloadHash }).some((text) => {
    const expected = calculateSignature({ signingKey, scope, timestamp, canonicalRequest: text });
    return timingSafeEqual(expected, claimedSignature);
  });
  if (!isRight) throw mismatch();
  return {
    ...{ principal: found.principal, form: claimed.form, signedAt, payload: mode },
    chunkSeed: { signingKey, timestamp, scope, signature },
  };
}

/** S3's own words. */
const credentialMessages: Readonly<Record<CredentialProblem, string>> = {
  InvalidAccessKeyId: 'The AWS Access Key Id you provided does not exist in our records.',
  InvalidToken: 'The provided token is malformed or otherwise invalid.',
  ExpiredToken: 'The provided token has expired.',
  AccessDenied: 'Access Denied',
};

function checkScope({ scope, timestamp, form }: ClaimedSignature, region: string): void {
  const { date, service } = scope;
  if (service !== 's3') throw malformed(form, `incorrect service "${service}"; expecting "s3"`);
  if (scope.region !== region) {
    const problem = `the region '${scope.region}' is wrong; expecting '${region}'`;
    throw malformed(form, problem, { Region: region });
  }
  if (timestamp.startsWith(`${date}T`)) return;
  throw malformed(form, `invalid credential date "${date}"; it is not that of the request`);
}

function malformed(
  form: ClaimedSignature['form'],
  problem: string,
  details: Readonly<Record<string, string>> = {},
): S3Error {
  if (form === 'query') {
    const message = `Error parsing the X-Amz-Credential parameter; ${problem}`;
    return new S3Error('AuthorizationQueryParametersError', message, { details });
  }
  const message = `The authorization header is malformed; ${problem}`;
  return new S3Error('AuthorizationHeaderMalformed', message, { details });
}

/** What decides must be signed: where a request goes, and each header that S3 gives a meaning. */
function checkCoverage({ signedHeaders }: ClaimedSignature, { headers }: SignableRequest): void {
  const needed = ['host', ...[...headers.keys()].filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.filter((name) => !signedHeaders.includes(name));
  if (missing.length === 0) return;
  throw new S3Error(
    'AccessDenied',
    'There were headers present in the request which were not signed',
    { details: { HeadersNotSigned: missing.join(', ') } },
  );
}

function mismatch(): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}
