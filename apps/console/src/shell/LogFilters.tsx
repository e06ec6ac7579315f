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
  /** What a fixed value is called, where it is not its own name. */
  readonly nameOf?: (parameter: string, value: string) => string;
  /** The parameter of a free text, where there is one. */
  readonly text?: string;
}

/** A longer list is searched rather than looked through. */
const maximumWithoutSearch = 12;
const ownName = (_: string, value: string) => value;

/** What narrows a log down: days, a person, and what belongs to that log. */
export function LogFilters({ filter, change, choices, nameOf, text }: LogFiltersProps) {
  const { t, i18n } = useTranslation();
  const domain = useDomain();
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = filter;
    change(value === '' ? rest : { ...rest, [name]: value });
  };
  const chooser = (name: string, values: readonly string[], labelOf = ownName) => {
    const named = values
      .map((value) => ({ value, label: labelOf(name, value) }))
      .sort((one, other) => one.label.localeCompare(other.label, i18n.language));
    const options = [{ value: '', label: t('logs.all') }, ...named];
    return (
      <FormField key={name} label={t(`logs.filters.${name}`)}>
        <Select
          className="log-filter"
          options={options}
          filteringType={options.length > maximumWithoutSearch ? 'auto' : 'none'}
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
      {text !== undefined && (
        <FormField label={t(`logs.filters.${text}`)}>
          <Input
            type="search"
            value={filter[text] ?? ''}
            clearAriaLabel={t('logs.clear')}
            onChange={({ detail }) => set(text, detail.value)}
          />
        </FormField>
      )}
      {chooser('profileName', domain.data?.profiles.map(({ profileName }) => profileName) ?? [])}
      {Object.entries(choices).map(([name, values]) => chooser(name, values, nameOf))}
      {day('from')}
      {day('to')}
    </SpaceBetween>
  );
}
