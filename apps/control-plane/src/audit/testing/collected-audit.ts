import type { AuditEvent } from '@strongroom/audit-trail';
import { pino } from 'pino';
import { AuditLog } from '../audit-log.ts';

/** An audit log whose trail is a list. */
export class CollectedAudit {
  readonly events: AuditEvent[] = [];
  canWrite = true;
  readonly log = new AuditLog(
    {
      append: async (event) => {
        if (!this.canWrite) throw new Error('No space is left');
        this.events.push(event);
      },
    },
    pino({ level: 'silent' }),
  );

  of(name: string): AuditEvent['fields'][] {
    return this.events.filter(({ event }) => event === name).map(({ fields }) => fields);
  }
}
