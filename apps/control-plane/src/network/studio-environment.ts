import { networkAddresses, proxyPort } from './addresses.ts';

export interface StudioEnvironmentOptions {
  readonly region: string;
  /** As `ContainerCredentials.begin` gave it. */
  readonly credentialsPath: string;
  /** Where the trust bundle is inside the sandbox. */
  readonly bundlePath: string;
  /** Of all endpoints; they are reached directly. */
  readonly endpointHostNames: readonly string[];
}

/** What programs in a studio need to find its endpoints, credentials, authority and proxy. */
export function studioEnvironment(options: StudioEnvironmentOptions): Record<string, string> {
  return {
    ...awsEnvironment(options),
    ...trustEnvironment(options.bundlePath),
    ...proxyEnvironment(options.endpointHostNames),
  };
}

/** AWS SDKs and Tools Reference Guide, "Settings reference". */
function awsEnvironment({ region, credentialsPath, bundlePath }: StudioEnvironmentOptions) {
  return {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: credentialsPath,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CA_BUNDLE: bundlePath,
    // No instance role is there, and asking for one takes seconds.
    AWS_EC2_METADATA_DISABLED: 'true',
    // botocore before 1.40 asks the global endpoint otherwise.
    AWS_STS_REGIONAL_ENDPOINTS: 'regional',
  };
}

function trustEnvironment(bundlePath: string) {
  return {
    REQUESTS_CA_BUNDLE: bundlePath,
    SSL_CERT_FILE: bundlePath,
    CURL_CA_BUNDLE: bundlePath,
    GIT_SSL_CAINFO: bundlePath,
    NODE_EXTRA_CA_CERTS: bundlePath,
    PIP_CERT: bundlePath,
  };
}

/** Of each there is a spelling that some program reads alone: curl no HTTP_PROXY, others no http_proxy. */
function proxyEnvironment(endpointHostNames: readonly string[]) {
  const proxy = `http://${networkAddresses.proxy}:${proxyPort}`;
  // `.name` stands for what is below a name; few programs know a star.
  const names = endpointHostNames.map((name) => name.replace(/^\*/, ''));
  const own = ['localhost', '127.0.0.1', '::1', networkAddresses.containerCredentials];
  const direct = [...own, ...names].join(',');
  return {
    ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: direct },
    ...{ http_proxy: proxy, https_proxy: proxy, no_proxy: direct },
  };
}
