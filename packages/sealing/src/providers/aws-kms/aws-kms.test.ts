import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { keyProviderContract } from '../../testing/key-provider-contract.ts';
import { startKmsStandIn } from '../../testing/kms-stand-in.ts';
import { serveJson } from '../../testing/loopback-server.ts';
import { AwsKms } from './aws-kms.ts';
import { connectAwsKms } from './connect-aws-kms.ts';

const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' };

keyProviderContract('AWS KMS (a protocol stand-in)', async () => {
  const server = await startKmsStandIn();
  const connect = () => connectAwsKms({ region, endpoint: server.address, credentials });
  const provider = await connect();
  return {
    provider,
    reopen: connect,
    close: async () => {
      await provider.close();
      await server.close();
    },
  };
});

describe('AWS KMS that refuses', () => {
  it.each([
    ['AccessDeniedException', 400, 'AccessDeniedException'],
    ['DisabledException', 400, 'DisabledException'],
    ['KMSInvalidStateException', 400, 'KMSInvalidStateException'],
    ['IncorrectKeyException', 400, 'InvalidCiphertextException'],
    ['InvalidKeyUsageException', 400, 'InvalidKeyUsageException'],
    ['LimitExceededException', 400, 'LimitExceededException'],
    ['KeyUnavailableException', 500, 'KeyUnavailableException'],
    ['DependencyTimeoutException', 503, 'KeyUnavailableException'],
    ['ThrottlingException', 400, 'KeyUnavailableException'],
    ['toString', 400, 'KeyUnavailableException'],
  ])('with %s is understood', async (type, status, code) => {
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    const server = await serveJson(() => ({ status, headers, body: { __type: type } }));
    const provider = new AwsKms(clientOf(server.address));
    await expect(provider.generateDataKey('key', {})).rejects.toMatchObject({
      ...{ name: 'KeyError', code },
    });
    await provider.close();
    await server.close();
  });

  it('or is not there is a key that is not available', async () => {
    const server = await startKmsStandIn();
    await server.close();
    const provider = new AwsKms(clientOf(server.address));
    await expect(provider.decrypt('key', Buffer.alloc(9), {})).rejects.toMatchObject({
      ...{ name: 'KeyError', code: 'KeyUnavailableException' },
    });
    await provider.close();
  });
});

function clientOf(endpoint: string): KMSClient {
  return new KMSClient({ region, endpoint, credentials, maxAttempts: 1 });
}
