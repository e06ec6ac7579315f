import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { bucketNameSchema, type JobDefinition } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useBuckets } from '../../api/queries.ts';
import type { FieldsProps } from './JobDialog.tsx';

type Output = JobDefinition['output'];

/** Where the notebook with its outputs is kept. */
export function OutputFields({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  const writable = (useBuckets().data?.buckets ?? [])
    .filter(({ may }) => may.mayWrite)
    .map(({ bucket }) => ({ value: bucket }));
  const { output } = draft;
  const set = (next: Output) => change({ output: next });
  const setKind = (kind: string) => {
    const first = bucketNameSchema.safeParse(writable[0]?.value).data;
    if (kind === 'home') set({ kind, folder: '' });
    else if (first) set({ kind: 'bucket', bucket: first, prefix: '' });
  };
  return (
    <SpaceBetween size="m">
      <FormField label={t('jobs.output')}>
        <RadioGroup
          value={output.kind}
          items={[
            { value: 'home', label: t('jobs.form.toHome') },
            {
              ...{ value: 'bucket', label: t('jobs.form.toBucket') },
              disabled: writable.length === 0,
              ...(writable.length === 0 ? { description: t('jobs.form.noBucket') } : {}),
            },
          ]}
          onChange={({ detail }) => setKind(detail.value)}
        />
      </FormField>
      {output.kind === 'home' ? (
        <FormField label={t('jobs.form.folder')} constraintText={t('jobs.form.folderRule')}>
          <Input
            value={output.folder}
            spellcheck={false}
            onChange={({ detail }) => set({ ...output, folder: detail.value })}
          />
        </FormField>
      ) : (
        <ColumnLayout columns={2}>
          <FormField label={t('jobs.form.bucket')}>
            <Select
              options={writable}
              selectedOption={{ value: output.bucket }}
              expandToViewport
              onChange={({ detail }) => {
                const bucket = bucketNameSchema.safeParse(detail.selectedOption.value).data;
                if (bucket) set({ ...output, bucket });
              }}
            />
          </FormField>
          <FormField label={t('jobs.form.prefix')} constraintText={t('jobs.form.prefixRule')}>
            <Input
              value={output.prefix}
              spellcheck={false}
              onChange={({ detail }) => set({ ...output, prefix: detail.value })}
            />
          </FormField>
        </ColumnLayout>
      )}
    </SpaceBetween>
  );
}
