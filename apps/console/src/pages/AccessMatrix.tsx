import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Popover from '@cloudscape-design/components/popover';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { AccessMatrix as Matrix } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccessMatrix, useDomain } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';

type MatrixPerson = Matrix['people'][number];
interface Row {
  readonly action: string;
  readonly index: number;
}

/** What is wide enough to read at once. */
const columnCount = 8;

/** Everybody × every action, upon one profile. */
export function AccessMatrix() {
  const { t } = useTranslation();
  const domain = useDomain();
  const names = domain.data?.profiles.map(({ profileName }) => profileName) ?? [];
  const [chosen, setChosen] = useState<string>();
  const [wanted, setWanted] = useState('');
  const resource = chosen ?? names[0] ?? '';
  const matrix = useAccessMatrix(resource);
  if (matrix.error) return <Failure error={matrix.error} retry={() => void matrix.refetch()} />;
  const { actions = [], people = [] } = matrix.data ?? {};
  const shown = people.filter((person) => isWanted(person, wanted)).slice(0, columnCount);
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <FormField label={t('policies.upon')}>
          <Select
            options={names.map((value) => ({ value, label: value }))}
            selectedOption={{ value: resource, label: resource }}
            onChange={({ detail }) => setChosen(detail.selectedOption.value)}
          />
        </FormField>
        <FormField
          label={t('policies.ofPeople')}
          constraintText={
            shown.length < people.length &&
            t('policies.somePeople', { shown: shown.length, count: people.length })
          }
        >
          <Input
            type="search"
            value={wanted}
            placeholder={t('policies.filterPeople')}
            onChange={({ detail }) => setWanted(detail.value)}
          />
        </FormField>
      </ColumnLayout>
      <Table
        wrapLines
        stickyHeader
        stickyColumns={{ first: 1 }}
        loading={matrix.isPending}
        loadingText={t('loading')}
        items={actions.map((action, index): Row => ({ action, index }))}
        trackBy="action"
        ariaLabels={{ tableLabel: t('policies.matrix') }}
        columnDefinitions={[
          {
            id: 'action',
            header: t('policies.action'),
            isRowHeader: true,
            cell: ({ action }: Row) => action,
          },
          ...shown.map((person) => ({
            id: person.profileName,
            header: <Heading {...person} />,
            cell: ({ index }: Row) => <Cell decision={person.decisions[index]} />,
          })),
        ]}
      />
    </SpaceBetween>
  );
}

function isWanted({ profileName, displayName }: MatrixPerson, wanted: string): boolean {
  const word = wanted.trim().toLowerCase();
  return profileName.includes(word) || displayName.toLowerCase().includes(word);
}

function Heading({ profileName, role, disabled }: MatrixPerson) {
  const { t } = useTranslation();
  return (
    <>
      {profileName}
      <br />
      <small>
        {t(`role.${role}`)}
        {disabled && `, ${t('policies.disabled')}`}
      </small>
    </>
  );
}

function Cell({ decision }: { decision: MatrixPerson['decisions'][number] | undefined }) {
  const { t } = useTranslation();
  if (decision === undefined) return null;
  return (
    <Popover size="small" dismissButton={false} triggerType="text" content={decision.rule}>
      <StatusIndicator type={decision.allowed ? 'success' : 'stopped'}>
        {t(decision.allowed ? 'policies.yes' : 'policies.no')}
      </StatusIndicator>
    </Popover>
  );
}
