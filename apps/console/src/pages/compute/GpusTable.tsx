import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { DomainInstanceTypes } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../shell/format-bytes.ts';
import { PageLink } from '../../shell/PageLink.tsx';

type Gpu = DomainInstanceTypes['gpus'][number];

/** Each GPU of the machine, and who has it: nobody else does meanwhile. */
export function GpusTable({ gpus }: { readonly gpus: readonly Gpu[] }) {
  const { t } = useTranslation();
  return (
    <Table
      wrapLines
      items={gpus}
      trackBy={({ index }) => String(index)}
      header={
        <Header counter={`(${gpus.length})`} description={t('gpus.explain')}>
          {t('gpus.title')}
        </Header>
      }
      columnDefinitions={[
        { id: 'index', header: t('gpus.number'), cell: ({ index }) => index },
        { id: 'name', header: t('gpus.name'), isRowHeader: true, cell: ({ name }) => name },
        {
          id: 'memory',
          header: t('gpus.memory'),
          cell: ({ memoryBytes }) => (memoryBytes === null ? '–' : formatBytes(memoryBytes)),
        },
        { id: 'held', header: t('gpus.heldBy'), cell: ({ heldBy }) => <Holder heldBy={heldBy} /> },
      ]}
      empty={
        <Box textAlign="center">
          <b>{t('gpus.empty')}</b>
          <Box variant="p">{t('gpus.emptyHint')}</Box>
        </Box>
      }
    />
  );
}

/** Whoever may not see whose app it is sees no holder. */
function Holder({ heldBy }: Pick<Gpu, 'heldBy'>) {
  const { t } = useTranslation();
  if (heldBy === null) return <StatusIndicator type="stopped">{t('gpus.nobody')}</StatusIndicator>;
  return <PageLink to={`/profiles/${heldBy.profileName}?tab=apps`}>{heldBy.profileName}</PageLink>;
}
