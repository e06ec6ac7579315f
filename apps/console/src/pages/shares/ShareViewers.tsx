import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { ShareSummary, ShareView } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShareViews } from '../../api/shares.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';
import { isolate } from './isolate.ts';

interface ShareViewersProps {
  readonly share: ShareSummary;
  readonly close: () => void;
}

const indicators: Record<ShareView['kind'], StatusIndicatorProps.Type> = {
  ...{ viewed: 'success', copied: 'info', refused: 'warning' },
};
const kinds = ['every', 'viewed', 'copied', 'refused'] as const;

/** Who looked, copied, and was refused: the newest first. */
export function ShareViewers({ share, close }: ShareViewersProps) {
  const { t } = useTranslation();
  const views = useShareViews(share.shareId);
  const [kind, setKind] = useState<string>('every');
  const all = views.data?.views ?? [];
  const shown = all.filter((view) => kind === 'every' || view.kind === kind);
  return (
    <Modal
      visible
      size="large"
      header={t('shares.viewers.title', { title: isolate(share.title) })}
      closeAriaLabel={t('close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            {t('close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {views.error && <Failure error={views.error} retry={() => void views.refetch()} />}
        {all.length > 0 && (
          <SegmentedControl
            label={t('shares.viewers.filter')}
            selectedId={kind}
            options={kinds.map((id) => ({
              id,
              text: t(id === 'every' ? 'shares.viewers.every' : `shares.viewers.kinds.${id}`),
            }))}
            onChange={({ detail }) => setKind(detail.selectedId)}
          />
        )}
        <Table
          variant="embedded"
          wrapLines
          items={shown}
          loading={views.isPending}
          loadingText={t('loading')}
          ariaLabels={{ tableLabel: t('shares.viewers.action') }}
          empty={
            <Box textAlign="center">
              <b>{t(all.length === 0 ? 'shares.viewers.empty' : 'shares.viewers.noMatch')}</b>
              {all.length === 0 && <Box variant="p">{t('shares.viewers.emptyHint')}</Box>}
            </Box>
          }
          columnDefinitions={[
            { id: 'when', header: t('shares.viewers.when'), cell: ({ at }) => <Moment at={at} /> },
            {
              id: 'who',
              header: t('shares.viewers.who'),
              isRowHeader: true,
              cell: ({ displayName, profileName }) => (
                <>
                  <bdi className="long-name">{displayName}</bdi> ({profileName})
                </>
              ),
            },
            {
              id: 'what',
              header: t('shares.viewers.what'),
              cell: (view) => (
                <StatusIndicator type={indicators[view.kind]}>
                  {t(`shares.viewers.kinds.${view.kind}`)}
                </StatusIndicator>
              ),
            },
            {
              id: 'version',
              header: t('shares.viewers.version'),
              cell: ({ version }) => version ?? '–',
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}
