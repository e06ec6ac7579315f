import type { BudgetGrantRequest, ProfileName } from '@strongroom/contracts';
import { type Actor, type AuditWriter, noActor } from './audit-writer.ts';

interface EndedApp {
  readonly profileName: ProfileName;
  readonly appId: string;
  readonly instanceType: string;
}

interface RecordedBudget {
  readonly kind: 'person' | 'team';
  readonly name: string;
  readonly month: string;
  readonly limitAmount: number;
}

const minuteMilliseconds = 60_000;

/** What budgets and the rules about idle apps bring about. */
export class MeteringAudit {
  readonly #writer: AuditWriter;

  constructor(writer: AuditWriter) {
    this.#writer = writer;
  }

  /** Before it is ended. */
  appEndedIdle({ profileName, ...app }: EndedApp, idleMinutes: number): Promise<void> {
    const fields = { target: profileName, ...app, idleMinutes };
    return this.#writer.write('app-ended-idle', noActor, fields);
  }

  /** Before it is ended. */
  appEndedLifetime({ profileName, ...app }: EndedApp, maximumHours: number): Promise<void> {
    const fields = { target: profileName, ...app, maximumHours };
    return this.#writer.write('app-ended-lifetime', noActor, fields);
  }

  /** Before it counts. */
  budgetGranted(actor: Actor, { name, ...grant }: BudgetGrantRequest & { month: string }) {
    return this.#writer.write('budget-granted', actor, { target: name, ...grant });
  }

  /** Before it is noted as told. */
  budgetReached({ name, ...budget }: RecordedBudget, reachedPercent: number): Promise<void> {
    const fields = { target: name, ...budget, reachedPercent };
    return this.#writer.write('budget-reached', noActor, fields, 'warn');
  }

  /** An app was not started. Programs in a studio ask for them: whoever asks on and on is counted. */
  budgetRefused(
    profileName: ProfileName,
    { name, ...budget }: RecordedBudget,
    instanceType: string,
  ): Promise<void> {
    const actor = { ...noActor, profileName };
    const fields = { target: name, ...budget, instanceType };
    return this.#writer.repeat(
      {
        key: `${profileName} ${budget.kind} ${instanceType}`,
        windowMilliseconds: minuteMilliseconds,
      },
      { event: 'budget-refused', actor, fields, level: 'warn' },
    );
  }
}
