import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccessMatrix, useDomain } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';

/** Everybody × every action, upon one profile. */
export function AccessMatrix() {
  const { t } = useTranslation();
  const domain = useDomain();
  const names = domain.data?.profiles.map(({ profileName }) => profileName) ?? [];
  const [chosen, setChosen] = useState<string>();
  const resource = chosen ?? names[0] ?? '';
  const matrix = useAccessMatrix(resource);
  if (matrix.error) return <Failure error={matrix.error} retry={() => void matrix.refetch()} />;
  const { actions = [], people = [] } = matrix.data ?? {};
  return (
    <SpaceBetween size="m">
      <FormField label={t('policies.upon')}>
        <Select
          options={names.map((value) => ({ value, label: value }))}
          selectedOption={{ value: resource, label: resource }}
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
        />
      </FormField>
      <Table
        wrapLines
        stickyHeader
        loading={matrix.isPending}
        loadingText={t('loading')}
        items={actions.map((action, index) => ({ action, index }))}
        trackBy="action"
        ariaLabels={{ tableLabel: t('policies.matrix') }}
        columnDefinitions={[
          {
            id: 'action',
            header: t('policies.action'),
            isRowHeader: true,
            cell: ({ action }: { action: string; index: number }) => action,
          },
          ...people.map(({ profileName, role, decisions }) => ({
            id: profileName,
            header: `${profileName} (${t(`role.${role}`)})`,
            cell: ({ index }: { action: string; index: number }) => {
              const decision = decisions[index];
              if (decision === undefined) return null;
              return (
                <span title={decision.rule}>
                  <StatusIndicator type={decision.allowed ? 'success' : 'stopped'}>
                    {t(decision.allowed ? 'policies.yes' : 'policies.no')}
                  </StatusIndicator>
                </span>
              );
            },
          })),
        ]}
      />
    </SpaceBetween>
  );
}
