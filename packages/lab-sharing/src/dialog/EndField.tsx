import type { ShareChoices } from '@strongroom/contracts';
import { dateText } from '../date-text.ts';
import { dayAfter } from '../model/days.ts';
import { endOf, presetDays, type ShareForm } from '../model/share-form.ts';
import { useDialog } from './dialog-context.ts';

interface EndFieldProps {
  readonly form: ShareForm;
  readonly choices: ShareChoices;
}

/** Until when: a day, or one of a few times from now. */
export function EndField({ form, choices }: EndFieldProps) {
  const { model, trans, languageTag } = useDialog();
  const now = new Date();
  const latest = dayAfter(now, choices.maximumDays);
  const isWrong = endOf(form, choices, now) === null;
  return (
    <fieldset>
      <legend>{trans.__('Until when')}</legend>
      <div className="sr-Share-end">
        <input
          type="date"
          className="jp-mod-styled"
          aria-label={trans.__('Last day')}
          aria-invalid={isWrong}
          required
          min={dayAfter(now, 0)}
          max={latest}
          value={form.lastDay}
          onChange={({ target }) => model.change({ lastDay: target.value })}
        />
        {presetDays(choices).map((days) => (
          <button
            type="button"
            key={days}
            className="jp-mod-styled"
            aria-pressed={form.lastDay === dayAfter(now, days)}
            onClick={() => model.change({ lastDay: dayAfter(now, days) })}
          >
            {days === 1 ? trans.__('1 day') : trans.__('%1 days', String(days))}
          </button>
        ))}
      </div>
      {isWrong && (
        <p className="sr-Share-failure" role="alert">
          {trans.__('Choose a day from today on that the domain allows.')}
        </p>
      )}
      <p className="sr-Share-hint">
        {trans.__(
          'At the latest %1, which the domain sets.',
          dateText(`${latest}T12:00:00`, languageTag),
        )}
      </p>
    </fieldset>
  );
}
