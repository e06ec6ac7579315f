import { networkAddresses, proxyPort } from './addresses.ts';
import { containerCredentialsPath } from './endpoints/container-credentials.ts';

/** Where Debian's programs look for authorities, and so where the sandboxes' bundle is. */
export const certificateBundlePath = '/etc/ssl/certs/ca-certificates.crt';

/**
 * What unmodified programs need to find the endpoints, the credentials and the proxy: the variables
 * of the AWS SDKs, and those that other programs read for the same purpose.
 */
export function studioEnvironment(options: {
  readonly region: string;
  readonly runId: string;
  /** Of the endpoints: reached straight and not through the proxy. */
  readonly hostNames: readonly string[];
}): Record<string, string> {
  const proxy = `http://${networkAddresses.proxy}:${proxyPort}`;
  const direct = [
    ...['localhost', '127.0.0.1', networkAddresses.containerCredentials],
    ...options.hostNames.map((name) => name.replace(/^\*/, '')),
  ].join(',');
  return {
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `${containerCredentialsPath}${options.runId}`,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...Object.fromEntries(
      [
        ...['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'],
        ...['GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS', 'PIP_CERT'],
      ].map((name) => [name, certificateBundlePath]),
    ),
    ...Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => [name, proxy]),
    ),
    NO_PROXY: direct,
    no_proxy: direct,
  };
}
