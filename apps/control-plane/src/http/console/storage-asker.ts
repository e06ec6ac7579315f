import { StrongroomError } from '@strongroom/contracts';
import type { FastifyRequest } from 'fastify';
import type { StorageAccess, StorageAsker } from '../../objects/storage-access.ts';
import { actorOf, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';

/** The caller as the object store knows them. @throws {StrongroomError} `NotSignedIn` */
export function askerOf(request: FastifyRequest): StorageAsker {
  const { person } = requireCaller(request);
  return { acting: { kind: 'person', person }, from: 'console' };
}

/**
 * Asks the object store in the caller's name; what the policies refuse is written down.
 *
 * @throws {StrongroomError} what the store refused, `AuditUnavailable`
 */
export async function askStorage<Answer>(
  request: FastifyRequest,
  { audit, storage }: Pick<CommonServices, 'audit' | 'storage'>,
  ask: (access: StorageAccess, asker: StorageAsker) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(storage.access, askerOf(request));
  } catch (error) {
    if (error instanceof StrongroomError && error.code === 'AccessDenied') {
      const { action = '-', target = '-', rule = '-' } = error.values;
      const refused = { action: String(action), target: String(target), rule: String(rule) };
      await audit.storageDenied(actorOf(request), refused);
    }
    throw error;
  }
}
