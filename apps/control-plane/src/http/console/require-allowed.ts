import type { ProfileName } from '@strongroom/contracts';
import type { FastifyRequest } from 'fastify';
import { accessDenied } from '../../policies/access-denied.ts';
import type { Action } from '../../policies/actions.ts';
import { actorOf, type Caller, requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';

/**
 * The caller, where the policy allows them the action.
 *
 * @throws {StrongroomError} `AccessDenied` naming the action, the resource and who may
 */
export function requireAllowed(
  request: FastifyRequest,
  { audit, authorize }: Pick<ConsoleServices, 'audit' | 'authorize'>,
  { action, resource }: { action: Action; resource: ProfileName | '*' },
): Caller {
  const caller = requireCaller(request);
  const decision = authorize({ principal: caller.person, action, resource });
  if (decision.allowed) return caller;
  audit.accessDenied(actorOf(request), { action, resource }, decision);
  throw accessDenied(decision, resource === '*' ? { action } : { action, profileName: resource });
}
