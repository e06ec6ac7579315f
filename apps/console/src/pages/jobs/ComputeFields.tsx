import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useTranslation } from 'react-i18next';
import { useImages, useInstanceTypes } from '../../api/compute.ts';
import { hourlyPrice } from '../../shell/hourly-price.ts';
import type { FieldsProps } from './JobDialog.tsx';

/** What it runs on, and for how long at most. */
export function ComputeFields({ draft, change, isWrong }: FieldsProps) {
  const { t } = useTranslation();
  const kernels = useKernelOptions();
  const types = useTypeOptions();
  const { kernelName, instanceType } = draft;
  const all = kernels.flatMap((option) => ('options' in option ? option.options : [option]));
  return (
    <ColumnLayout columns={2}>
      <FormField label={t('jobs.form.kernel')}>
        <Select
          options={kernels}
          selectedOption={
            all.find(({ value }) => value === kernelName) ?? {
              value: kernelName,
              label: kernelName,
            }
          }
          expandToViewport
          onChange={({ detail }) => {
            const { value = '' } = detail.selectedOption;
            const { imageName = '' } = all.find((option) => option.value === value) ?? {};
            change({ kernelName: value, imageName });
          }}
        />
      </FormField>
      <FormField label={t('instanceTypes.name')}>
        <Select
          options={types}
          selectedOption={
            types.find(({ value }) => value === instanceType) ?? { value: instanceType }
          }
          expandToViewport
          onChange={({ detail }) => change({ instanceType: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <FormField
        label={t('jobs.form.minutes')}
        errorText={isWrong('maximumMinutes') && t('jobs.form.minutesProblem')}
      >
        <Input
          inputMode="numeric"
          value={draft.maximumMinutes}
          onChange={({ detail }) => change({ maximumMinutes: detail.value })}
        />
      </FormField>
      <FormField
        label={t('jobs.form.retries')}
        constraintText={t('jobs.form.retriesRule')}
        errorText={isWrong('maximumRetries') && t('jobs.form.retriesProblem')}
      >
        <Input
          inputMode="numeric"
          value={draft.maximumRetries}
          onChange={({ detail }) => change({ maximumRetries: detail.value })}
        />
      </FormField>
    </ColumnLayout>
  );
}

/** Each image with its kernels. */
function useKernelOptions() {
  const { t } = useTranslation();
  const images = useImages().data?.images ?? [];
  return [
    { value: '', label: t('jobs.form.ownKernel'), imageName: '' },
    ...images
      .filter(({ kernels }) => kernels.length > 0)
      .map(({ imageName, displayName, kernels }) => ({
        label: displayName,
        options: kernels.map((kernel) => ({
          ...{ value: kernel.name, label: kernel.displayName, imageName },
        })),
      })),
  ];
}

function useTypeOptions() {
  const { t, i18n } = useTranslation();
  const { instanceTypes = [], prices } = useInstanceTypes().data ?? {};
  return [
    { value: '', label: t('jobs.form.defaultType') },
    ...instanceTypes
      // The size of studios' own servers.
      .filter(({ instanceType }) => instanceType !== 'system')
      .map(({ instanceType, availability, pricePerHour }) => ({
        ...{ value: instanceType, label: instanceType },
        disabled: availability === 'unavailable',
        ...(prices
          ? { labelTag: hourlyPrice(pricePerHour, prices, { t, language: i18n.language }) }
          : {}),
      })),
  ];
}
