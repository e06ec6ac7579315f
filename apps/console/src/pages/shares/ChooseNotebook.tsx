import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import Icon from '@cloudscape-design/components/icon';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { FileList } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFiles } from '../../api/queries.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Moment } from '../../shell/Moment.tsx';

interface ChooseNotebookProps {
  readonly profileName: string;
  readonly choose: (path: string) => void;
  readonly close: () => void;
}

type Entry = FileList['entries'][number];

/** A notebook of one's own home; no studio has to run for it. */
export function ChooseNotebook({ profileName, choose, close }: ChooseNotebookProps) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState('');
  const files = useFiles(profileName, folder);
  const parts = folder === '' ? [] : folder.split('/');
  const entries = (files.data?.entries ?? []).filter(isOfUse).sort(byKindAndName);
  return (
    <Modal
      visible
      size="large"
      header={t('shares.compare.chooseTitle')}
      closeAriaLabel={t('close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="link" onClick={close}>
            {t('cancel')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box color="text-body-secondary">{t('shares.compare.chooseHint')}</Box>
        <BreadcrumbGroup
          ariaLabel={t('profile.files')}
          items={['', ...parts].map((name, index) => ({
            text: index === 0 ? t('files.home') : name,
            href: `#${parts.slice(0, index).join('/')}`,
          }))}
          onFollow={(event) => {
            event.preventDefault();
            setFolder(event.detail.href.slice(1));
          }}
        />
        {files.error && <Failure error={files.error} retry={() => void files.refetch()} />}
        {files.data?.truncated && <Alert type="info">{t('files.truncated')}</Alert>}
        <Table
          variant="embedded"
          items={entries}
          trackBy="name"
          loading={files.isPending}
          loadingText={t('loading')}
          ariaLabels={{ tableLabel: t('shares.compare.chooseTitle') }}
          empty={<Box textAlign="center">{t('shares.compare.noNotebooks')}</Box>}
          columnDefinitions={[
            {
              id: 'name',
              header: t('files.name'),
              isRowHeader: true,
              cell: ({ name, type }) => {
                const path = [...parts, name].join('/');
                const isFolder = type === 'directory';
                return (
                  <Button
                    variant="inline-link"
                    {...(isFolder ? { ariaLabel: t('shares.compare.folder', { name }) } : {})}
                    onClick={() => (isFolder ? setFolder(path) : choose(path))}
                  >
                    <Icon name={isFolder ? 'folder' : 'file'} />{' '}
                    <bdi className="long-name">{name}</bdi>
                  </Button>
                );
              },
            },
            {
              id: 'modified',
              header: t('files.modified'),
              cell: ({ modifiedAt }) => <Moment at={modifiedAt} />,
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}

function isOfUse({ name, type }: Entry): boolean {
  if (type === 'directory') return !name.startsWith('.');
  return type === 'file' && name.endsWith('.ipynb');
}

function byKindAndName(one: Entry, other: Entry): number {
  const rank = ({ type }: Entry) => (type === 'directory' ? 0 : 1);
  return rank(one) - rank(other) || one.name.localeCompare(other.name);
}
