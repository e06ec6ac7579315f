/**
 * Where things are in every studio's network. The networks are apart, so the same addresses serve in
 * all of them.
 */
export const networkAddresses = {
  /** Answers DNS; a VPC's resolver too is the second address of its range. */
  resolver: '10.0.0.2',
  /** What `HTTPS_PROXY` names. */
  proxy: '10.0.0.4',
  /** Where the AWS SDKs ask for a container's credentials (SDK reference: "Container credential provider"). */
  containerCredentials: '169.254.170.2',
  endpoints: { sts: '10.0.1.10', api: '10.0.1.11', s3: '10.0.1.12', git: '10.0.1.13' },
} as const;

/** The one port of the proxy. */
export const proxyPort = 3128;

/**
 * Shared address space (RFC 6598), reachable from nowhere: the resolver gives each allowed name one
 * of these, so that the address of a connection tells which name was asked for.
 */
export const nameRange = { network: '100.64.0.0', prefixLength: 10 } as const;
