import DateInput from '@cloudscape-design/components/date-input';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useDomain } from '../api/queries.ts';

/** Names of the query's parameters with what was chosen; what is not chosen is not there. */
export type LogFilter = Readonly<Record<string, string>>;

interface LogFiltersProps {
  readonly filter: LogFilter;
  readonly change: (filter: LogFilter) => void;
  /** Fixed values to choose from, by parameter. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** The parameter of a free text. */
  readonly text: string;
}

/** What narrows a log down: days, a person, and what belongs to that log. */
export function LogFilters({ filter, change, choices, text }: LogFiltersProps) {
  const { t } = useTranslation();
  const domain = useDomain();
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = filter;
    change(value === '' ? rest : { ...rest, [name]: value });
  };
  const chooser = (name: string, values: readonly string[]) => {
    const options = [
      { value: '', label: t('logs.all') },
      ...values.map((value) => ({ value, label: value })),
    ];
    return (
      <FormField key={name} label={t(`logs.filters.${name}`)}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === (filter[name] ?? '')) ?? null}
          onChange={({ detail }) => set(name, detail.selectedOption.value ?? '')}
        />
      </FormField>
    );
  };
  const day = (name: string) => (
    <FormField label={t(`logs.filters.${name}`)}>
      <DateInput
        value={filter[name] ?? ''}
        placeholder="YYYY/MM/DD"
        onChange={({ detail }) => {
          if (detail.value === '' || /^\d{4}-\d{2}-\d{2}$/.test(detail.value))
            set(name, detail.value);
        }}
      />
    </FormField>
  );
  return (
    <SpaceBetween direction="horizontal" size="m">
      <FormField label={t(`logs.filters.${text}`)}>
        <Input
          type="search"
          value={filter[text] ?? ''}
          clearAriaLabel={t('logs.clear')}
          onChange={({ detail }) => set(text, detail.value)}
        />
      </FormField>
      {chooser('profileName', domain.data?.profiles.map(({ profileName }) => profileName) ?? [])}
      {Object.entries(choices).map(([name, values]) => chooser(name, values))}
      {day('from')}
      {day('to')}
    </SpaceBetween>
  );
}
