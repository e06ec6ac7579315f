import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RunningDomain } from './running-domain.ts';

/** As `POST /credentials` on the operator's socket answers. */
export interface OutsideCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly endpointUrl: string;
  readonly region: string;
  readonly trustBundlePath: string;
}

/** What the operator's account may ask of a running domain. */
export function askOperator(
  domain: RunningDomain,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const socketPath = join(domain.folder, 'data', 'operator.sock');
  return new Promise((resolve, reject) => {
    request({ socketPath, method, path, agent: false }, (answer) => {
      text(answer).then((found) => resolve(JSON.parse(found)), reject);
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export async function outsideCredentials(
  domain: RunningDomain,
  profileName: string,
): Promise<OutsideCredentials> {
  const body = { profileName, lifetimeHours: 1 };
  return (await askOperator(domain, 'POST', '/credentials', body)) as OutsideCredentials;
}

/** The AWS SDK on the outer endpoint. */
export async function outsideClient(
  credentials: OutsideCredentials,
  options: { readonly maxAttempts?: number } = {},
): Promise<S3Client> {
  const { region, endpointUrl, trustBundlePath, ...keys } = credentials;
  const httpsAgent = new Agent({ ca: await readFile(trustBundlePath), maxSockets: 32 });
  return new S3Client({
    ...{ region, endpoint: endpointUrl, forcePathStyle: true, credentials: keys, ...options },
    requestHandler: new NodeHttpHandler({ httpsAgent }),
  });
}
