import type { JobSchedule } from '@strongroom/contracts';
import { rhythmOf } from '@strongroom/contracts/rhythm';
import { momentText } from './job-text.ts';
import { useJobs } from './panel-context.ts';
import { scheduleText } from './schedule-text.ts';

export function ScheduleRow({ schedule }: { readonly schedule: JobSchedule }) {
  const { model, actions, trans, languageTag } = useJobs();
  const { definition, cron, timeZone, isEnabled, nextRunAt } = schedule;
  return (
    <li className="sr-Jobs-row">
      <span className="sr-Jobs-name">{definition.name}</span>
      <span className="sr-Jobs-state">
        {scheduleText(rhythmOf(cron), timeZone, { trans, languageTag })}
      </span>
      {isEnabled && nextRunAt !== null && (
        <span className="sr-Jobs-state">
          {trans.__('Next: %1', momentText(nextRunAt, languageTag))}
        </span>
      )}
      {!isEnabled && <span className="sr-Jobs-state">{trans.__('Paused')}</span>}
      <span className="sr-Jobs-actions">
        <button type="button" onClick={() => void model.enable(schedule, !isEnabled)}>
          {isEnabled ? trans.__('Pause') : trans.__('Go On')}
        </button>
        <button type="button" onClick={() => void actions.removeSchedule(schedule)}>
          {trans.__('Delete…')}
        </button>
      </span>
    </li>
  );
}
