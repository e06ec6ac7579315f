import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type {
  CredentialProblem,
  FoundCredentials,
  TemporaryCredentials,
} from '../credentials/temporary-credentials.ts';
import type { StudioOnNetwork } from '../studio-connection.ts';
import { calculateSignature } from './calculate-signature.ts';
import { canonicalRequest } from './canonical-request.ts';
import { type ClaimedSignature, parseAuthorization } from './parse-authorization.ts';
import type { SignableRequest } from './signable-request.ts';
import { SignatureError } from './signature-error.ts';

export interface SignatureToVerify {
  readonly request: SignableRequest;
  /**
   * SHA-256 of the body that was received, in hexadecimal; for S3, what `x-amz-content-sha256` says,
   * which whoever reads the body then holds it to.
   */
  readonly payloadHash: string;
  readonly service: string;
  readonly regions: readonly string[];
  /** Whose connection the request came on. */
  readonly studio: Pick<StudioOnNetwork, 'profileName' | 'appId'>;
}

const skewMilliseconds = 15 * 60 * 1000;

/**
 * Resolves where the request is signed, as it is, with credentials of the very studio that it came
 * from (AWS Signature Version 4, in headers or in a presigned URL).
 *
 * @throws {SignatureError}
 */
export async function verifySignature(
  asked: SignatureToVerify,
  { credentials, clock }: { credentials: Pick<TemporaryCredentials, 'find'>; clock: Clock },
): Promise<void> {
  const claimed = parseAuthorization(asked.request);
  checkScope(claimed, asked);
  checkTime(claimed, clock());
  checkCoverage(claimed, asked);
  const found = await credentials.find(claimed.accessKeyId, claimed.sessionToken ?? '');
  if (typeof found === 'string') throw new SignatureError(found, credentialMessages[found]);
  checkSignature(claimed, asked, found);
  checkOwner(found, asked.studio);
}

/** STS's own words. */
const credentialMessages: Readonly<Record<CredentialProblem, string>> = {
  InvalidClientTokenId: 'The security token included in the request is invalid.',
  ExpiredToken: 'The security token included in the request is expired',
};

function checkScope({ scope, timestamp }: ClaimedSignature, asked: SignatureToVerify): void {
  const [date, region, service] = scope.split('/');
  const { regions } = asked;
  if (service !== asked.service) throw mismatch('Credential should be scoped to correct service');
  if (!regions.some((each) => each === region)) {
    throw mismatch(`Credential should be scoped to a valid region, one of: ${regions.join(', ')}`);
  }
  if (!timestamp.startsWith(`${date}T`)) {
    throw mismatch(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date',
    );
  }
}

function checkTime({ timestamp, lifetimeSeconds }: ClaimedSignature, now: Date): void {
  const signedAt = Date.parse(
    timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const lifetime = lifetimeSeconds === undefined ? skewMilliseconds : lifetimeSeconds * 1000;
  // Also where it is no time at all: nothing compares with NaN.
  if (!(signedAt - now.getTime() <= skewMilliseconds)) {
    throw mismatch(`Signature not yet current: ${timestamp} is later than ${now.toISOString()}`);
  }
  if (now.getTime() - signedAt > lifetime) {
    throw mismatch(`Signature expired: ${timestamp} is too long before ${now.toISOString()}`);
  }
}

/** What decides must be signed: where a request goes, and each header that AWS gives a meaning. */
function checkCoverage({ signedHeaders }: ClaimedSignature, asked: SignatureToVerify): void {
  const { headers } = asked.request;
  const needed = ['host', ...[...headers.keys()].filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.find((name) => !signedHeaders.includes(name));
  if (missing !== undefined) throw mismatch(`The header ${missing} must be signed`);
  const declaredHashes = headers.get('x-amz-content-sha256') ?? [asked.payloadHash];
  if (declaredHashes.length === 1 && declaredHashes[0] === asked.payloadHash) return;
  throw new SignatureError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function checkSignature(
  claimed: ClaimedSignature,
  { request, service, payloadHash }: SignatureToVerify,
  { secretAccessKey }: FoundCredentials,
): void {
  const { signedHeaders, scope, timestamp, signature } = claimed;
  const expected = calculateSignature({
    ...{ secretAccessKey, scope, timestamp },
    canonicalRequest: canonicalRequest({ request, service, signedHeaders, payloadHash }),
  });
  if (timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return;
  throw mismatch(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

/** Credentials that were carried out of their studio are of no use in another. */
function checkOwner(
  found: FoundCredentials,
  { profileName, appId }: SignatureToVerify['studio'],
): void {
  if (found.profileName === profileName && found.appId === appId) return;
  throw new SignatureError(
    'AccessDenied',
    'These credentials are bound to the network they were given to, and this is another. 이 자격 증명은 발급된 네트워크에서만 쓸 수 있는데, 이곳은 다른 네트워크입니다.',
  );
}

function mismatch(message: string): SignatureError {
  return new SignatureError('SignatureDoesNotMatch', message);
}
