import type { Job } from '@strongroom/contracts';
import type { Texts } from '../texts.ts';

export function statusText(status: Job['status'], trans: Texts): string {
  switch (status) {
    case 'queued':
      return trans.__('Waiting');
    case 'starting':
      return trans.__('Starting');
    case 'running':
      return trans.__('Running');
    case 'completed':
      return trans.__('Completed');
    case 'failed':
      return trans.__('Failed');
    case 'cancelling':
      return trans.__('Being cancelled');
    case 'cancelled':
      return trans.__('Cancelled');
  }
}

/** Of a line of a log, where the row says the day: such as `09:00:05`. */
export function clockText(timestamp: string, languageTag: string): string {
  return new Intl.DateTimeFormat(languageTag, {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).format(new Date(timestamp));
}

/** Such as `5 Dec, 09:00`. */
export function momentText(timestamp: string, languageTag: string): string {
  return new Intl.DateTimeFormat(languageTag, {
    ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(timestamp));
}
