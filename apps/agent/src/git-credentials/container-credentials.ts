import { get } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a program in a studio signs with. Never to be logged. */
export interface StudioCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** AWS SDKs and Tools Reference Guide, "Container credential provider". */
const containerAddress = 'http://169.254.170.2';
const timeoutMilliseconds = 5_000;

/** As AWS SDKs ask for them in a container. @throws {Error} */
export async function containerCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StudioCredentials> {
  const relative = environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const address = relative
    ? `${containerAddress}${relative}`
    : environment['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  if (address === undefined || !isContainers(address)) {
    throw new Error('Cannot sign for this repository: the studio has given no credentials');
  }
  const answer: unknown = JSON.parse(await read(address));
  const [accessKeyId, secretAccessKey, sessionToken] = [
    'AccessKeyId',
    'SecretAccessKey',
    'Token',
  ].map((name) => stringOf(answer, name));
  if (accessKeyId && secretAccessKey && sessionToken) {
    return { accessKeyId, secretAccessKey, sessionToken };
  }
  throw new Error('Cannot sign for this repository: the credentials of the studio are not whole');
}

/** Only where a container's credentials are: another address would be somebody else's. */
function isContainers(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && ['169.254.170.2', '127.0.0.1', 'localhost'].includes(hostname);
}

/** By the plain client: fetch() would take longer to load than all the rest. */
function read(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(address, { timeout: timeoutMilliseconds }, (response) => {
      text(response).then((body) => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`Cannot get credentials: the answer was ${response.statusCode}`));
      }, reject);
    });
    request.once('timeout', () => request.destroy(new Error('Cannot get credentials in time')));
    request.once('error', reject);
  });
}

function stringOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : undefined;
}
