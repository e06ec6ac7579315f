import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { TemporaryCredentials } from '../../network/credentials/temporary-credentials.ts';
import { calculateSignature } from '../../network/signatures/calculate-signature.ts';
import type { StudioOnNetwork } from '../../network/studio-connection.ts';

export type GitSignatureProblem =
  | 'MalformedCredentials'
  | 'UnknownCredentials'
  | 'ExpiredCredentials'
  | 'SignatureExpired'
  | 'SignatureMismatch'
  | 'OtherStudio';

export interface GitSignature {
  /** `<access key id>%<session token>` */
  readonly userName: string;
  /** `<time>Z<signature in hexadecimal>` */
  readonly password: string;
  readonly hostName: string;
  /** The addresses of the repository that a client may have signed, without their host. */
  readonly paths: readonly string[];
  readonly region: string;
  readonly studio: Pick<StudioOnNetwork, 'profileName' | 'appId'>;
}

const lifetimeMilliseconds = 15 * 60_000;

/**
 * What CodeCommit's credential helpers make (awscli, `codecommit.py`; git-remote-codecommit): Signature
 * Version 4 over the method `GIT`, the path and the host, with no query and no body. The time in what is
 * signed lacks its `Z`. `undefined`: it is right, and of this very studio.
 */
export async function verifyGitSignature(
  asked: GitSignature,
  { credentials, clock }: { credentials: Pick<TemporaryCredentials, 'find'>; clock: Clock },
): Promise<GitSignatureProblem | undefined> {
  const [, timestamp = '', signature = ''] =
    /^(\d{8}T\d{6})Z([0-9a-f]{64})$/.exec(asked.password) ?? [];
  const percent = asked.userName.indexOf('%');
  if (signature === '' || percent === -1) return 'MalformedCredentials';
  if (!isCurrent(timestamp, clock())) return 'SignatureExpired';
  const found = await credentials.find(
    asked.userName.slice(0, percent),
    asked.userName.slice(percent + 1),
  );
  if (found === 'ExpiredToken') return 'ExpiredCredentials';
  if (typeof found === 'string') return 'UnknownCredentials';
  const { secretAccessKey, profileName, appId } = found;
  const { studio, paths, region, hostName } = asked;
  if (profileName !== studio.profileName || appId !== studio.appId) return 'OtherStudio';
  const scope = `${timestamp.slice(0, 8)}/${region}/codecommit/aws4_request`;
  const isRight = paths.some((path) => {
    const canonicalRequest = `GIT\n${path}\n\nhost:${hostName}\n\nhost\n`;
    const expected = calculateSignature({ secretAccessKey, scope, timestamp, canonicalRequest });
    return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
  });
  return isRight ? undefined : 'SignatureMismatch';
}

function isCurrent(timestamp: string, now: Date): boolean {
  const signedAt = Date.parse(
    timestamp.replace(/^(....)(..)(..)T(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  // Also where it is no time at all: nothing compares with NaN.
  return Math.abs(now.getTime() - signedAt) <= lifetimeMilliseconds;
}
