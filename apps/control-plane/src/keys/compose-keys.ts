import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AuthorizeKey,
  KeyError,
  KeyService,
  KeyStoreFile,
  LocalKeyring,
} from '@strongroom/sealing';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Domain } from '../config/domain.ts';

export interface ComposeKeysOptions {
  readonly domain: Domain;
  readonly clock: Clock;
  readonly audit: Pick<AuditLog, 'keyUsed'>;
  /** Throws to refuse. */
  readonly authorize?: AuthorizeKey;
}

/** The domain's keys, in `<dataFolder>/keys`. Every use is in the audit trail before it is answered. */
export async function composeKeys(options: ComposeKeysOptions): Promise<KeyService> {
  const { domain, clock, audit, authorize = authorizeOwn } = options;
  const folder = join(domain.dataFolder, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { accountId, region } = domain.domain;
  const provider = await LocalKeyring.open({
    keyringPath: join(folder, 'keyring.json'),
    unlock: { rootKeyPath: join(folder, 'keyring-root.key') },
  });
  return KeyService.open({
    ...{ provider, clock, accountId, region, authorize },
    store: new KeyStoreFile(join(folder, 'keys.json')),
    onUse: (use) => audit.keyUsed(use),
  });
}

/** Made at the first start; the same one from then on, whatever its state is. */
export async function ensureKey(
  keys: KeyService,
  { alias, description, accountId }: { alias: string; description: string; accountId: string },
): Promise<void> {
  try {
    keys.describe(alias);
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== 'NotFoundException') throw error;
    const policy = defaultKeyPolicy(accountId);
    await keys.create({ alias, description, policy, caller: { principal: 'platform' } });
  }
}

/** As AWS KMS writes it where none is given: the account's own policies decide. */
function defaultKeyPolicy(accountId: string): unknown {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EnableIAMUserPermissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

const ownPrincipals: ReadonlySet<string> = new Set(['platform', 'operator']);

/** The domain itself and whoever runs the machine; nobody else. */
const authorizeOwn: AuthorizeKey = async ({ caller, action, keyArn }) => {
  if (ownPrincipals.has(caller.principal)) return;
  const message = `Cannot do "${action}" with "${keyArn}": ${caller.principal} is not allowed to`;
  throw new KeyError('AccessDeniedException', message);
};
