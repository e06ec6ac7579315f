import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyProviderContract } from '../../testing/key-provider-contract.ts';
import { serveJson } from '../../testing/loopback-server.ts';
import { startVaultStandIn, type VaultStandIn, vaultToken } from '../../testing/vault-stand-in.ts';
import { VaultTransit } from './vault-transit.ts';

const token = () => vaultToken;

keyProviderContract('Vault transit (a protocol stand-in)', async () => {
  const server = await startVaultStandIn();
  const provider = new VaultTransit({ address: server.address, token });
  return {
    provider,
    reopen: async () => new VaultTransit({ address: server.address, token }),
    close: server.close,
  };
});

describe('Vault', () => {
  let server: VaultStandIn;
  beforeEach(async () => {
    server = await startVaultStandIn();
  });
  afterEach(() => server.close());

  it('is asked with the token of now', async () => {
    let current = 'hvs.expired';
    const provider = new VaultTransit({ address: server.address, token: () => current });
    await expect(provider.createKey(randomUUID())).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    current = vaultToken;
    await provider.createKey(randomUUID());
  });

  it('that is sealed, or does not answer, is a key that is not available', async () => {
    const provider = new VaultTransit({ address: server.address, token });
    const { providerKeyId } = await provider.createKey(randomUUID());
    server.setSealed(true);
    const unavailable = { name: 'KeyError', code: 'KeyUnavailableException' };
    await expect(provider.generateDataKey(providerKeyId, {})).rejects.toMatchObject(unavailable);
    await server.close();
    await expect(provider.generateDataKey(providerKeyId, {})).rejects.toMatchObject(unavailable);
  });

  it('never has its token in an error, whatever fails', async () => {
    const provider = new VaultTransit({ address: server.address, token });
    const failures = [
      provider.decrypt('missing', Buffer.from('vault:v1:xx'), {}),
      new VaultTransit({ address: server.address, token, mount: 'other' }).createKey('key'),
    ];
    await server.close();
    failures.push(provider.generateDataKey('key', {}) as Promise<never>);
    for (const failure of failures) {
      const error = await failure.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'KeyError' });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(vaultToken);
    }
  });

  it('is not followed elsewhere, where the token would go along', async () => {
    let isReached = false;
    const elsewhere = await serveJson(() => {
      isReached = true;
      return { status: 200, body: { data: {} } };
    });
    const location = `${elsewhere.address}/v1/transit/keys/key`;
    const redirecting = await serveJson(() => ({ status: 307, headers: { location } }));
    const provider = new VaultTransit({ address: redirecting.address, token });
    await expect(provider.createKey('key')).rejects.toMatchObject({
      code: 'KeyUnavailableException',
    });
    expect(isReached).toBe(false);
    await redirecting.close();
    await elsewhere.close();
  });

  it('is only spoken to in private', () => {
    const open = (address: string) => () => new VaultTransit({ address, token });
    expect(open('http://vault.example.com:8200')).toThrow(
      expect.objectContaining({ code: 'ValidationException' }),
    );
    expect(open('https://vault.example.com:8200')).not.toThrow();
  });

  it('whose answer is cut or nonsense is refused', async () => {
    const broken = await serveJson(() => ({ status: 200, body: { data: { plaintext: 'AAAA' } } }));
    const provider = new VaultTransit({ address: broken.address, token });
    const unavailable = { code: 'KeyUnavailableException' };
    await expect(provider.generateDataKey('key', {})).rejects.toMatchObject(unavailable);
    await expect(provider.decrypt('key', Buffer.from('x'), {})).rejects.toMatchObject(unavailable);
    await broken.close();
  });
});
