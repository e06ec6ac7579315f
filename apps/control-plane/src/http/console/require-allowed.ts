import type { Action } from '@strongroom/domain';
import type { FastifyRequest } from 'fastify';
import { accessDenied } from '../../policies/access-denied.ts';
import type { AccessRequest } from '../../policies/access-request.ts';
import { actorOf, type Caller, requireCaller } from './caller.ts';
import type { CommonServices } from './console-services.ts';

export type Question = Omit<AccessRequest, 'principal'>;

/**
 * The caller, where the policy allows them the action.
 *
 * @throws {StrongroomError} `AccessDenied` naming the rule, `AuditUnavailable`
 */
export async function requireAllowed(
  request: FastifyRequest,
  { audit, authorize }: Pick<CommonServices, 'audit' | 'authorize'>,
  question: Question,
): Promise<Caller> {
  const { action, resource } = question;
  const caller = requireCaller(request);
  const decision = authorize({ principal: caller.person, ...question });
  if (decision.allowed) {
    request.questions.push(question);
    if (isRecorded(action))
      await audit.accessAllowed(actorOf(request), { action, resource }, decision);
    return caller;
  }
  await audit.accessDenied(actorOf(request), { action, resource }, decision);
  throw accessDenied(decision, resource === '*' ? { action } : { action, profileName: resource });
}

/** What changes something or takes something out. Looking is not, and who reads a log is recorded there. */
function isRecorded(action: Action): boolean {
  return !/:(?:List|Describe|Simulate|ReadFlowLogs|ReadAuditTrail)/.test(action);
}
