import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import { domainArns, keyPolicyDocument } from '@strongroom/domain';
import { type AuthorizeKey, KeyError, KeyService, KeyStoreFile } from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import { StartError } from '../start-error.ts';
import { openKeyProvider } from './open-key-provider.ts';

export interface ComposeKeysOptions {
  readonly domain: Domain;
  readonly clock: Clock;
  readonly audit: Pick<AuditLog, 'keyUsed'>;
  /** Throws to refuse. */
  readonly authorize: AuthorizeKey;
}

/**
 * The domain's keys, in `<dataFolder>/keys`. Every use is in the audit trail before it is answered.
 *
 * @throws {StartError} `KeysUnavailable` where the register or material of a key is lost
 */
export async function composeKeys(options: ComposeKeysOptions): Promise<KeyService> {
  const { domain, clock, audit, authorize } = options;
  const folder = join(domain.dataFolder, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { accountId, region } = domain.domain;
  try {
    return await KeyService.open({
      ...{ provider: await openKeyProvider(domain), clock, accountId, region, authorize },
      store: new KeyStoreFile(join(folder, 'keys.json')),
      onUse: (use) => audit.keyUsed(use),
    });
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new StartError('KeysUnavailable', error.message, { cause: error });
  }
}

/** Made at the first start; the same one from then on, whatever its state is. */
export async function ensureKey(
  keys: KeyService,
  { alias, description, domain }: { alias: string; description: string; domain: Domain },
): Promise<void> {
  try {
    keys.describe(alias);
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== 'NotFoundException') throw error;
    const policy = keyPolicyDocument(domainArns(domain), domain.domain.accountId);
    await keys.create({ alias, description, policy, caller: { principal: 'platform' } });
  }
}
