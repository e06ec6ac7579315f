import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import { useControls } from '../api/queries.ts';
import { Failure } from '../shell/Failure.tsx';
import { useTitle } from '../shell/use-title.ts';

const indicators = { enforced: 'success', partial: 'warning', unenforced: 'error' } as const;

export function ControlsPage() {
  const { t, i18n } = useTranslation();
  const controls = useControls();
  useTitle(t('controls.title'));
  if (controls.error)
    return <Failure error={controls.error} retry={() => void controls.refetch()} />;
  const nameOf = (control: string) =>
    i18n.exists(`controls.names.${control}`) ? t(`controls.names.${control}`) : control;
  return (
    <Table
      variant="full-page"
      wrapLines
      items={controls.data?.controls ?? []}
      trackBy="control"
      loading={controls.isPending}
      loadingText={t('loading')}
      header={
        <Header variant="h1" description={t('controls.explain')}>
          {t('controls.title')}
        </Header>
      }
      columnDefinitions={[
        {
          id: 'control',
          header: t('controls.control'),
          isRowHeader: true,
          cell: ({ control }) => (
            <>
              {nameOf(control)}
              <br />
              <small>{control}</small>
            </>
          ),
        },
        {
          id: 'state',
          header: t('controls.state'),
          minWidth: 170,
          cell: ({ state, accepted }) => (
            <>
              <StatusIndicator type={indicators[state]}>
                {t(`controls.states.${state}`)}
              </StatusIndicator>
              {accepted && <div>{t('controls.accepted')}</div>}
            </>
          ),
        },
        {
          id: 'detail',
          header: t('controls.detail'),
          cell: ({ control, state, detail }) =>
            state === 'enforced' && i18n.exists(`controls.holds.${control}`) ? (
              t(`controls.holds.${control}`)
            ) : (
              <>
                {t('controls.fails')}
                <br />
                <small lang="en">{detail}</small>
              </>
            ),
        },
        {
          id: 'remedy',
          header: t('controls.remedy'),
          cell: ({ remedy }) => (remedy ? <span lang="en">{remedy}</span> : '–'),
        },
      ]}
    />
  );
}
