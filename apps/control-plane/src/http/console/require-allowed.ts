import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../../audit/audit-log.ts';
import { type Action, authorize } from '../../policies/authorize.ts';
import { actorOf, type Caller, requireCaller } from './caller.ts';

/**
 * The caller, where the policy allows them the action.
 *
 * @throws {StrongroomError} `AccessDenied` naming the action, the resource and who may
 */
export function requireAllowed(
  request: FastifyRequest,
  audit: AuditLog,
  { action, resource }: { action: Action; resource: ProfileName | '*' },
): Caller {
  const caller = requireCaller(request);
  const decision = authorize({ principal: caller.person, action, resource });
  if (decision.allowed) return caller;
  audit.accessDenied(actorOf(request), { action, resource }, decision);
  throw new StrongroomError('AccessDenied', decision.sentence, {
    remedy: 'An administrator can tell you more, with the reference.',
    values: {
      action,
      rule: decision.rule,
      ...(resource === '*' ? {} : { profileName: resource }),
    },
  });
}
