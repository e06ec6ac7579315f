import { createHash, createHmac } from 'node:crypto';
import type { StudioCredentials } from './container-credentials.ts';

/** CodeCommit's names (AWS General Reference, "AWS CodeCommit endpoints and quotas"). */
const hostPattern = /^git-codecommit\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/;

/**
 * What the helper of the AWS CLI answers (awscli, `codecommit.py`): Signature Version 4 over the method
 * `GIT`, the path and the host. Nothing, where the question is about another host.
 */
export async function gitCredentials(
  question: string,
  {
    credentials,
    now,
  }: { readonly credentials: () => Promise<StudioCredentials>; readonly now: Date },
): Promise<string> {
  const asked = attributesOf(question);
  const host = asked.get('host') ?? '';
  const region = hostPattern.exec(host)?.[1];
  // Without TLS the signature would be anybody's.
  if (region === undefined || asked.get('protocol') !== 'https') return '';
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  const timestamp = now.toISOString().replace(/[-:]|\.\d+Z$/g, '');
  const scope = `${timestamp.slice(0, 8)}/${region}/codecommit/aws4_request`;
  const path = `/${(asked.get('path') ?? '').replace(/^\/+/, '')}`;
  const canonicalRequest = `GIT\n${path}\n\nhost:${host}\n\nhost\n`;
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${hash}`).toString('hex');
  return `username=${accessKeyId}%${sessionToken}\npassword=${timestamp}Z${signature}\n`;
}

/** git-credential(1), "INPUT/OUTPUT FORMAT". */
function attributesOf(question: string): Map<string, string> {
  const lines = question.split('\n').filter((line) => line.includes('='));
  return new Map(
    lines.map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
