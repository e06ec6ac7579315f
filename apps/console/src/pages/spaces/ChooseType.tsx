import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstanceTypes } from '../../api/compute.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { formatBytes } from '../../shell/format-bytes.ts';
import { hourlyPrice } from '../../shell/hourly-price.ts';

interface ChooseTypeProps {
  readonly title: string;
  readonly confirm: string;
  /** The one it has; without one the domain's default is chosen. */
  readonly current?: string | null;
  readonly act: (instanceType: string) => Promise<void>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Which of the sizes that this person may start, with what an hour of each costs. */
export function ChooseType({ title, confirm, current, act, close, children }: ChooseTypeProps) {
  const { t, i18n } = useTranslation();
  const offered = useInstanceTypes().data;
  const [chosen, setChosen] = useState(current ?? undefined);
  const types = offered?.instanceTypes ?? [];
  const type = chosen ?? (types.find(({ isDefault }) => isDefault) ?? types[0])?.instanceType;
  const options = types.map(({ instanceType, vcpuCount, memoryMebibytes, pricePerHour }) => ({
    ...{ value: instanceType, label: instanceType },
    description: [
      `${vcpuCount} vCPU`,
      formatBytes(memoryMebibytes * 1024 ** 2),
      ...(offered
        ? [hourlyPrice(pricePerHour, offered.prices, { t, language: i18n.language })]
        : []),
    ].join(' · '),
  }));
  return (
    <AskFirst
      {...{ title, confirm, close }}
      isReady={type !== undefined && type !== current}
      act={async () => {
        if (type !== undefined) await act(type);
      }}
    >
      <SpaceBetween size="m">
        <div>{children}</div>
        <FormField label={t('spaces.instanceType')}>
          <Select
            expandToViewport
            options={options}
            selectedOption={options.find(({ value }) => value === type) ?? null}
            onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
