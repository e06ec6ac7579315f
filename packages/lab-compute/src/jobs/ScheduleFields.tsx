import {
  cronOf,
  monthDays,
  type Rhythm,
  type RhythmKind,
  weekdays,
} from '@strongroom/contracts/rhythm';
import type { Texts } from '../texts.ts';
import type { JobFieldsProps } from './JobDialogView.tsx';
import { scheduleText, weekdayText } from './schedule-text.ts';

const kinds: readonly RhythmKind[] = [
  ...(['once', 'hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'cron'] as const),
];

/** When it runs, with a preview in plain words; and how long and how often it may try. */
export function ScheduleFields({ model, context }: JobFieldsProps) {
  const { trans } = context;
  const { form, options } = model;
  const { rhythm } = form;
  return (
    <fieldset>
      <legend>{trans.__('When')}</legend>
      <div className="sr-Job-row">
        <label className="sr-Job-field">
          {trans.__('How often')}
          <select
            className="jp-mod-styled"
            value={rhythm.kind}
            onChange={({ target }) => change({ kind: target.value as RhythmKind })}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindName(kind, trans)}
              </option>
            ))}
          </select>
        </label>
        <WhenField {...{ rhythm, change, context }} />
      </div>
      <p className="sr-ComputeDialog-hint" role="status">
        {scheduleText(rhythm, options.timeZone, context)}
      </p>
      <div className="sr-Job-row">
        <label className="sr-Job-field">
          {trans.__('Longest time, in hours')}
          <input
            className="jp-mod-styled"
            type="number"
            min={0.1}
            max={720}
            step="any"
            value={Number.isNaN(form.maximumHours) ? '' : form.maximumHours}
            onChange={({ target }) => model.change({ maximumHours: target.valueAsNumber })}
          />
        </label>
        <label className="sr-Job-field">
          {trans.__('Tries again where the machine failed')}
          <select
            className="jp-mod-styled"
            value={form.maximumRetries}
            onChange={({ target }) => model.change({ maximumRetries: Number(target.value) })}
          >
            {[0, 1, 2, 3, 4, 5].map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </select>
        </label>
      </div>
    </fieldset>
  );

  function change(part: Partial<Rhythm>): void {
    const next = { ...rhythm, ...part };
    // Whoever goes on to cron begins with what was chosen so far.
    const cron = part.kind === 'cron' ? (cronOf(rhythm) ?? rhythm.cron) : next.cron;
    model.change({ rhythm: { ...next, cron } });
  }
}

function WhenField({
  rhythm,
  change,
  context: { trans, languageTag },
}: {
  readonly rhythm: Rhythm;
  readonly change: (part: Partial<Rhythm>) => void;
  readonly context: JobFieldsProps['context'];
}) {
  const { kind, time, weekday, day, cron } = rhythm;
  if (kind === 'once') return null;
  if (kind === 'cron') {
    return (
      <label className="sr-Job-field">
        {trans.__('Cron expression')}
        <input
          className="jp-mod-styled"
          spellCheck={false}
          value={cron}
          onChange={({ target }) => change({ cron: target.value })}
        />
      </label>
    );
  }
  return (
    <>
      {kind === 'weekly' && (
        <label className="sr-Job-field">
          {trans.__('Weekday')}
          <select
            className="jp-mod-styled"
            value={weekday}
            onChange={({ target }) => change({ weekday: Number(target.value) })}
          >
            {weekdays.map((each) => (
              <option key={each} value={each}>
                {weekdayText(each, languageTag)}
              </option>
            ))}
          </select>
        </label>
      )}
      {kind === 'monthly' && (
        <label className="sr-Job-field">
          {trans.__('Day of the month')}
          <select
            className="jp-mod-styled"
            value={day}
            onChange={({ target }) => change({ day: Number(target.value) })}
          >
            {monthDays.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="sr-Job-field">
        {trans.__('Time')}
        <input
          className="jp-mod-styled"
          type="time"
          required
          value={time}
          onChange={({ target }) => change({ time: target.value === '' ? time : target.value })}
        />
      </label>
    </>
  );
}

function kindName(kind: RhythmKind, trans: Texts): string {
  switch (kind) {
    case 'once':
      return trans.__('Once, now');
    case 'hourly':
      return trans.__('Every hour');
    case 'daily':
      return trans.__('Every day');
    case 'weekdays':
      return trans.__('Monday to Friday');
    case 'weekly':
      return trans.__('Every week');
    case 'monthly':
      return trans.__('Every month');
    case 'cron':
      return trans.__('By a cron expression');
  }
}
