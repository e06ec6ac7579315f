import { StrongroomError } from '@strongroom/contracts';
import { Cron } from 'croner';

/**
 * The first time after this one, by the clock of the time zone; null where there is none any more.
 *
 * @throws {StrongroomError} `InvalidRequest` where the pattern or the time zone cannot be read
 */
export function nextRun(
  { cron, timeZone }: { readonly cron: string; readonly timeZone: string },
  after: Date,
): Date | null {
  // Croner reads more than crontab has: nicknames, seconds, `L`, `#`.
  if (!/^[0-9A-Za-z*,/\- ]+$/.test(cron) || cron.trim().split(/ +/).length !== 5) {
    throw unreadable('cron', 'a schedule has five fields');
  }
  if (!isTimeZone(timeZone)) throw unreadable('timeZone', `"${timeZone}" is no time zone`);
  try {
    const pattern = new Cron(cron.trim(), { mode: '5-part', timezone: timeZone, paused: true });
    return pattern.nextRun(after);
  } catch (error) {
    throw unreadable('cron', error instanceof Error ? error.message : String(error));
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function unreadable(field: string, why: string): StrongroomError {
  return new StrongroomError('InvalidRequest', `Cannot use this schedule: ${why}`, {
    values: { field },
  });
}
