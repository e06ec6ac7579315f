import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './JobDialog.tsx';
import { cronOf, type Rhythm, type RhythmKind } from './rhythm.ts';
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
  const fieldCount = cronOf(rhythm)?.split(' ').length ?? 5;
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
              const cron = cronOf(rhythm) ?? rhythm.cron;
              if (kind) set({ kind, cron });
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
          {fieldCount === 5
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
  const weekdays = [1, 2, 3, 4, 5, 6, 0].map((each) => ({
    ...{ value: String(each), label: weekdayName(each, i18n.language) },
  }));
  return (
    <ColumnLayout columns={2}>
      {kind === 'weekly' && (
        <FormField label={t('jobs.form.weekday')}>
          <Select
            options={weekdays}
            selectedOption={weekdays.find(({ value }) => value === String(weekday)) ?? null}
            expandToViewport
            onChange={({ detail }) => set({ weekday: Number(detail.selectedOption.value) })}
          />
        </FormField>
      )}
      {kind === 'monthly' && (
        <FormField label={t('jobs.form.day')}>
          <Select
            options={monthDays}
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

/** Days that every month has. */
const monthDays = Array.from({ length: 28 }, (_, index) => ({ value: String(index + 1) }));

function timeZones(chosen: string): { value: string }[] {
  const known = new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')]);
  return [...known].map((value) => ({ value }));
}
