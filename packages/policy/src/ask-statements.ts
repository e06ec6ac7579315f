import type { CompiledPolicy } from './compile-policy.ts';
import type { CompiledStatement } from './compile-statement.ts';
import type { ConditionReport } from './conditions/compile-condition.ts';
import type { NearMiss, StatementReport } from './decision.ts';
import type { RequestContext } from './request-context.ts';

/** What the statements of the policies said so far. */
interface Findings {
  readonly applied: StatementReport[];
  readonly nearMisses: NearMiss[];
}

export interface Asking {
  readonly context: RequestContext;
  readonly hasBoundary: boolean;
  readonly findings: Findings;
}

/** Asks the statements of some policies, and returns those that apply and allow. */
export function askPolicies(
  policies: readonly CompiledPolicy[],
  asking: Asking,
): readonly StatementReport[] {
  const allows: StatementReport[] = [];
  for (const policy of policies) {
    for (const statement of policy.statementsFor(asking.context.action)) {
      const report = askStatement(policy, statement, asking);
      if (report?.effect === 'Allow') allows.push(report);
    }
  }
  return allows;
}

/** The report on a statement that applies. Whatever speaks is noted in the findings. */
function askStatement(
  policy: CompiledPolicy,
  statement: CompiledStatement,
  { context, hasBoundary, findings }: Asking,
): StatementReport | undefined {
  if (!statement.resource(context)) return undefined;
  const principal = statement.principal?.(context, hasBoundary);
  if (statement.principal !== undefined && principal === undefined) return undefined;

  const held: ConditionReport[] = [];
  const failed: ConditionReport[] = [];
  for (const condition of statement.conditions) {
    const target = condition.holds(context) ? held : failed;
    target.push(condition.describe(context));
  }
  const report: StatementReport = {
    policy: policy.name,
    kind: policy.kind,
    statement: statement.label,
    effect: statement.effect,
    principal,
    conditions: held,
  };
  if (failed.length === 0) {
    findings.applied.push(report);
    return report;
  }
  findings.nearMisses.push({ ...report, failed });
  return undefined;
}
