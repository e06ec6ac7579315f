import type { AuditTrail } from '@strongroom/audit-trail';
import { Counter, type Registry } from 'prom-client';

type Trail = Pick<AuditTrail, 'append'>;

/** What is written to the trail, counted: refusals and uses of keys are there and nowhere else. */
export function countingTrail(trail: Trail, registry: Registry): Trail {
  const events = new Counter({
    name: 'strongroom_audit_events_total',
    help: 'Events written to the audit trail since the control plane started, by name.',
    labelNames: ['event'],
    registers: [registry],
  });
  const keyCalls = new Counter({
    name: 'strongroom_key_calls_total',
    help: 'Calls to keys, by action and outcome.',
    labelNames: ['action', 'outcome'],
    registers: [registry],
  });
  return {
    async append(event) {
      const appended = await trail.append(event);
      const { action, outcome, repeatedCount } = event.fields as Readonly<Record<string, unknown>>;
      events.inc({ event: event.event }, typeof repeatedCount === 'number' ? repeatedCount : 1);
      if (event.event === 'key-used') {
        keyCalls.inc({ action: String(action), outcome: String(outcome) });
      }
      return appended;
    },
  };
}
