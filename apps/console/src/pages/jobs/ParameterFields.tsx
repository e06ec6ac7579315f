import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './JobDialog.tsx';
import type { DraftParameter } from './job-draft.ts';

const maximumCount = 50;

/** What the notebook's cell tagged `parameters` is given. */
export function ParameterFields({ draft, change, isWrong }: FieldsProps) {
  const { t } = useTranslation();
  const { parameters } = draft;
  const set = (at: number, changed: Partial<DraftParameter>) =>
    change({
      parameters: parameters.map((each, index) => (index === at ? { ...each, ...changed } : each)),
    });
  return (
    <FormField
      stretch
      label={t('jobs.form.parameters')}
      description={t('jobs.form.parametersRule')}
      errorText={isWrong('parameters') && t('jobs.form.parametersProblem')}
    >
      <AttributeEditor
        items={parameters}
        addButtonText={t('jobs.form.addParameter')}
        removeButtonText={t('jobs.form.removeParameter')}
        empty={t('jobs.form.noParameters')}
        disableAddButton={parameters.length >= maximumCount}
        onAddButtonClick={() => change({ parameters: [...parameters, { name: '', value: '' }] })}
        onRemoveButtonClick={({ detail }) =>
          change({ parameters: parameters.filter((_, index) => index !== detail.itemIndex) })
        }
        definition={[
          {
            label: t('jobs.form.parameterName'),
            control: ({ name }: DraftParameter, index) => (
              <Input
                value={name}
                spellcheck={false}
                onChange={({ detail }) => set(index, { name: detail.value })}
              />
            ),
          },
          {
            label: t('jobs.form.parameterValue'),
            control: ({ value }: DraftParameter, index) => (
              <Input
                value={value}
                spellcheck={false}
                onChange={({ detail }) => set(index, { value: detail.value })}
              />
            ),
          },
        ]}
      />
    </FormField>
  );
}
