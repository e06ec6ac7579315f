import type { Credentials } from '../credentials/credentials.ts';
import type { HandleConnection } from '../studio-connection.ts';
import { HttpOnSockets, type HttpSiteOptions, recordAtEnd } from './http-on-sockets.ts';

export interface ContainerCredentialsOptions extends Omit<HttpSiteOptions, 'answer' | 'endpoint'> {
  readonly credentials: Credentials;
  readonly roleArnOf: (profileName: string) => string;
}

export const containerCredentialsPath = '/v2/credentials/';

/**
 * Where the AWS SDKs look for a container's credentials (AWS SDKs and Tools Reference Guide,
 * "Container credential provider"): plain HTTP, inside the studio's own network.
 */
export function containerCredentialsSite(options: ContainerCredentialsOptions): HandleConnection {
  const { credentials, roleArnOf } = options;
  const endpoint = 'container-credentials';
  const http = new HttpOnSockets(async (request, response, studio) => {
    const url = request.url ?? '';
    const runId = url.startsWith(containerCredentialsPath)
      ? url.slice(containerCredentialsPath.length)
      : '';
    const issued = request.method === 'GET' ? credentials.issue(runId, studio) : undefined;
    if (issued === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 'NotFound', message: 'No credentials here' }));
      return;
    }
    const body = JSON.stringify({
      RoleArn: roleArnOf(studio.profileName),
      AccessKeyId: issued.accessKeyId,
      SecretAccessKey: issued.secretAccessKey,
      Token: issued.sessionToken,
      Expiration: issued.expiresAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    });
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(body);
  });
  return (connection) => {
    recordAtEnd(connection, { ...options, endpoint }, { isAccepted: true, name: undefined });
    http.serve(connection.socket, connection.studio);
  };
}
