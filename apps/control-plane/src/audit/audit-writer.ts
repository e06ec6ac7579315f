import type { AuditTrail } from '@strongroom/audit-trail';
import { type AuditEventName, type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { Logger } from 'pino';
import { RepeatedEvents } from './repeated-events.ts';

/** Who did it, from where, in which request: `reference` is what an error answer shows. */
export interface Actor {
  readonly profileName: ProfileName | undefined;
  readonly remoteAddress: string | undefined;
  readonly reference: string;
}

/** The control plane itself. */
export const noActor: Actor = {
  ...{ profileName: undefined, remoteAddress: undefined, reference: '-' },
};

interface WrittenEvent {
  readonly event: AuditEventName;
  readonly actor: Actor;
  readonly fields: object;
  readonly level: 'info' | 'warn';
}

interface Repeatable {
  /** What, beside the event's name, makes two of them the same. */
  readonly key: string;
  readonly windowMilliseconds: number;
}

/** Beyond so many that are not on the disk yet, whoever comes waits. */
const maximumBehind = 10_000;

/** Puts events into the trail and the log. */
export class AuditWriter {
  readonly #trail: Pick<AuditTrail, 'append'>;
  readonly #log: Logger;
  readonly #repeated: RepeatedEvents<WrittenEvent>;
  #behindCount = 0;
  #isBehindFailing = false;

  constructor(trail: Pick<AuditTrail, 'append'>, log: Logger) {
    this.#trail = trail;
    this.#log = log.child({ kind: 'audit' });
    this.#repeated = new RepeatedEvents(
      ({ event, actor, fields, level }, repeatedCount) =>
        this.write(
          event,
          actor,
          repeatedCount === 0 ? fields : { ...fields, repeatedCount },
          level,
        ),
      (error) => this.#cannotWrite('repeated', error),
    );
  }

  /** @throws {StrongroomError} `AuditUnavailable` */
  async write(
    event: AuditEventName,
    actor: Actor,
    fields: object,
    level: 'debug' | 'info' | 'warn' = 'info',
  ): Promise<void> {
    this.#log[level]({ event, ...actor, ...fields }, event);
    try {
      await this.#trail.append({ event, fields: { ...actor, ...fields } });
    } catch (error) {
      throw new StrongroomError('AuditUnavailable', 'Cannot do this: it could not be recorded', {
        remedy: 'Tell an administrator: the disk of this machine may be full.',
        cause: error,
      });
    }
  }

  /**
   * In the trail's order like every event, but the answer does not wait for the disk: for what is very
   * frequent and changes nothing. Once one could not be written the next are waited for, so that nothing
   * goes on unseen.
   *
   * @throws {StrongroomError} `AuditUnavailable`
   */
  async writeBehind(event: AuditEventName, actor: Actor, fields: object): Promise<void> {
    const written = this.write(event, actor, fields, 'debug');
    if (this.#isBehindFailing || this.#behindCount >= maximumBehind) {
      await written;
      this.#isBehindFailing = false;
      return;
    }
    this.#behindCount += 1;
    const settle = () => {
      this.#behindCount -= 1;
    };
    written.then(settle, (error: unknown) => {
      settle();
      this.#isBehindFailing = true;
      this.#cannotWrite(event, error);
    });
  }

  /** Something that happened by itself: there is no act to refuse where it cannot be written. */
  note(event: AuditEventName, actor: Actor, fields: object, level: 'info' | 'warn' = 'info'): void {
    this.write(event, actor, fields, level).catch((error: unknown) =>
      this.#cannotWrite(event, error),
    );
  }

  /**
   * What somebody could cause without end: the first is written, the others of the window are
   * counted and written as one.
   *
   * @throws {StrongroomError} `AuditUnavailable`
   */
  repeat({ key, windowMilliseconds }: Repeatable, written: WrittenEvent): Promise<void> {
    const fullKey = `${written.event} ${key}`;
    return this.#repeated.note({ event: written, key: fullKey, windowMilliseconds });
  }

  /** Before the trail is closed. */
  close(): Promise<void> {
    return this.#repeated.close();
  }

  #cannotWrite(event: string, error: unknown): void {
    this.#log.error({ event, err: error }, 'Cannot write the audit trail');
  }
}
