import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import {
  cronOf,
  isCron,
  monthDays,
  type Rhythm,
  type RhythmKind,
  weekdays,
} from '@strongroom/contracts/rhythm';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './JobDialog.tsx';
import { rhythmText, weekdayName } from './rhythm-text.ts';

interface RhythmFieldsProps extends Pick<FieldsProps, 'draft' | 'change'> {
  /** What is a schedule stays one. */
  readonly mayRunOnce: boolean;
}

const repeated = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'cron'] as const;

/** When it runs, said back in plain words. */
export function RhythmFields({ draft, change, mayRunOnce }: RhythmFieldsProps) {
  const { t, i18n } = useTranslation();
  const { rhythm, timeZone } = draft;
  const kinds: readonly RhythmKind[] = mayRunOnce ? ['once', ...repeated] : repeated;
  const set = (changed: Partial<Rhythm>) => change({ rhythm: { ...rhythm, ...changed } });
  const options = kinds.map((value) => ({ value, label: t(`jobs.form.rhythms.${value}`) }));
  const cron = cronOf(rhythm);
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <FormField label={t('jobs.form.when')}>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === rhythm.kind) ?? null}
            expandToViewport
            onChange={({ detail }) => {
              const kind = kinds.find((each) => each === detail.selectedOption.value);
              // What was chosen so far is where the expression begins.
              if (kind) set({ kind, cron: cron ?? rhythm.cron });
            }}
          />
        </FormField>
        <Detail rhythm={rhythm} set={set} />
      </ColumnLayout>
      {rhythm.kind !== 'once' && (
        <FormField label={t('jobs.form.timeZone')}>
          <Select
            options={timeZones(timeZone)}
            selectedOption={{ value: timeZone, label: timeZone }}
            filteringType="auto"
            filteringAriaLabel={t('jobs.form.timeZone')}
            expandToViewport
            onChange={({ detail }) => change({ timeZone: detail.selectedOption.value ?? timeZone })}
          />
        </FormField>
      )}
      <Box color="text-body-secondary">
        <span role="status">
          {cron === undefined || isCron(cron)
            ? rhythmText(rhythm, { t, language: i18n.language })
            : t('jobs.form.cronProblem')}
        </span>
      </Box>
    </SpaceBetween>
  );
}

interface DetailProps {
  readonly rhythm: Rhythm;
  readonly set: (changed: Partial<Rhythm>) => void;
}

/** What else has to be known of the rhythm that was chosen. */
function Detail({ rhythm, set }: DetailProps) {
  const { t, i18n } = useTranslation();
  const { kind, time, weekday, day, cron } = rhythm;
  if (kind === 'once') return null;
  if (kind === 'cron') {
    return (
      <FormField label={t('jobs.form.cron')} constraintText={t('jobs.form.cronRule')}>
        <Input
          value={cron}
          spellcheck={false}
          onChange={({ detail }) => set({ cron: detail.value })}
        />
      </FormField>
    );
  }
  const weekdayOptions = weekdays.map((each) => ({
    ...{ value: String(each), label: weekdayName(each, i18n.language) },
  }));
  return (
    <ColumnLayout columns={2}>
      {kind === 'weekly' && (
        <FormField label={t('jobs.form.weekday')}>
          <Select
            options={weekdayOptions}
            selectedOption={weekdayOptions.find(({ value }) => value === String(weekday)) ?? null}
            expandToViewport
            onChange={({ detail }) => set({ weekday: Number(detail.selectedOption.value) })}
          />
        </FormField>
      )}
      {kind === 'monthly' && (
        <FormField label={t('jobs.form.day')}>
          <Select
            options={monthDayOptions}
            selectedOption={{ value: String(day), label: String(day) }}
            expandToViewport
            onChange={({ detail }) => set({ day: Number(detail.selectedOption.value) })}
          />
        </FormField>
      )}
      <FormField label={t(kind === 'hourly' ? 'jobs.form.minute' : 'jobs.form.time')}>
        <TimeInput
          format="hh:mm"
          placeholder="hh:mm"
          value={time}
          onChange={({ detail }) => set({ time: detail.value })}
        />
      </FormField>
    </ColumnLayout>
  );
}

const monthDayOptions = monthDays.map((day) => ({ value: String(day) }));

function timeZones(chosen: string): { value: string }[] {
  const known = new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')]);
  return [...known].map((value) => ({ value }));
}
