import type { Principal, StatementReport } from '@strongroom/policy';
import type { Model } from '../graph/model.ts';
import type { Resource } from '../graph/resource.ts';
import { placeOf } from '../graph/resource.ts';
import { type Access, type Asked, ask } from '../policies/ask.ts';
import type { ReadPolicy } from '../policies/read-policy.ts';
import { Unknown } from '../resolve/unknown.ts';
import type { Text } from '../text.ts';
import { broken, holds, undecided } from './judge.ts';
import type { CounterExample, DecidingStatement, Finding } from './question.ts';

export interface AccessCheck {
  /** Where the mistake would be mended. */
  readonly at: Resource;
  readonly path?: string;
  readonly says: Text;
}

/** The request must be refused; the counter-example is one that is not. */
export function checkRefused(model: Model, asked: Asked, check: AccessCheck): Finding {
  return checkAccess(model, asked, { ...check, wanted: 'refused' });
}

/** The request must be allowed: without it the studio does not work. */
export function checkAllowed(model: Model, asked: Asked, check: AccessCheck): Finding {
  return checkAccess(model, asked, { ...check, wanted: 'allowed' });
}

function checkAccess(
  model: Model,
  asked: Asked,
  { at: resource, path = '', says, wanted }: AccessCheck & { wanted: 'allowed' | 'refused' },
): Finding {
  const access = ask(model.resources.surroundings, asked);
  const statements = decidingStatements(access);
  if (access.effect === 'unknown') {
    return undecided(resource, path, unknownIn(access), { statements });
  }
  if (access.effect === wanted) return holds(resource, path, { statements });
  return broken(resource, path, says, { statements, counterExample: counterExample(access) });
}

function decidingStatements({ decision, policies }: Access): readonly DecidingStatement[] {
  return decision.deciding.flatMap((report) => {
    const policy = policies.find(({ name }) => name === report.policy);
    return policy === undefined ? [] : [statementOf(report, policy)];
  });
}

function statementOf(report: StatementReport, policy: ReadPolicy): DecidingStatement {
  const index = policy.statements.findIndex(({ Sid }) => Sid === report.statement);
  const part = index < 0 ? report.statement : `Statement[${index}]`;
  return {
    place: placeOf(policy.resource, `${policy.path}.${part}`),
    ...{ statement: report.statement, effect: report.effect },
  };
}

function unknownIn({ policies }: Access): Unknown {
  return (
    policies.find(({ unknown }) => unknown !== undefined)?.unknown ??
    new Unknown({
      english: 'a policy in question cannot be read',
      korean: '관련된 정책을 읽을 수 없습니다',
    })
  );
}

function counterExample({ request, effect }: Access): CounterExample {
  const context = Object.entries(request.context ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Array.isArray(value) ? value.join(', ') : String(value)]],
  );
  return {
    principal: principalText(request.principal),
    action: request.action,
    resource: request.resource.arn,
    context: Object.fromEntries(context),
    effect: effect === 'allowed' ? 'allowed' : 'refused',
  };
}

function principalText(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'service':
      return principal.service;
    case 'federated':
      return principal.provider;
    case 'assumed-role':
      return principal.roleArn;
    case 'user':
    case 'role':
    case 'federated-user':
      return principal.arn;
  }
}
