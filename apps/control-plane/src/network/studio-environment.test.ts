import { describe, expect, it } from 'vitest';
import { studioEnvironment } from './studio-environment.ts';

describe("a studio's environment", () => {
  const environment = studioEnvironment({
    ...{ region: 'ap-northeast-2', credentialsPath: '/v2/credentials/x' },
    bundlePath: '/run/trust/ca-certificates.crt',
    endpointHostNames: ['sts.amazonaws.com', '*.s3.ap-northeast-2.amazonaws.com'],
  });

  it('names the proxy in both spellings, and what is reached without it', () => {
    expect(environment.HTTPS_PROXY).toBe('http://10.0.0.4:3128');
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
      expect(environment[name.toLowerCase()]).toBe(environment[name]);
    }
    expect(environment.NO_PROXY?.split(',')).toEqual([
      ...['localhost', '127.0.0.1', '::1', '169.254.170.2'],
      ...['sts.amazonaws.com', '.s3.ap-northeast-2.amazonaws.com'],
    ]);
  });

  it('names one bundle for every program', () => {
    for (const name of ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'GIT_SSL_CAINFO']) {
      expect(environment[name]).toBe('/run/trust/ca-certificates.crt');
    }
  });
});
