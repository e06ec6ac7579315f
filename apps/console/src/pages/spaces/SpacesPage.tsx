import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstanceTypes } from '../../api/compute.ts';
import { createSpace, useSpaces } from '../../api/spaces.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { ChooseType } from './ChooseType.tsx';
import { SpaceActions } from './SpaceActions.tsx';
import { spaceColumns } from './space-columns.tsx';

/** One's own private space in SageMaker, and what runs in it. */
export function SpacesPage({ profileName }: { readonly profileName: string }) {
  const { t, i18n } = useTranslation();
  const spaces = useSpaces(profileName);
  const prices = useInstanceTypes().data?.prices;
  const [isCreating, setCreating] = useState(false);
  useTitle(t('spaces.title'));
  const listed = spaces.data?.spaces ?? [];
  const mayCreate = spaces.isSuccess && !listed.some(({ spaceName }) => spaceName === profileName);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('spaces.create')}
    </Button>
  );
  if (spaces.error) return <Failure error={spaces.error} retry={() => void spaces.refetch()} />;
  return (
    <>
      <Table
        variant="full-page"
        wrapLines
        items={listed}
        trackBy="spaceName"
        loading={spaces.isPending}
        loadingText={t('loading')}
        columnDefinitions={[
          ...spaceColumns({ t, language: i18n.language, prices }),
          {
            id: 'actions',
            minWidth: 140,
            header: t('spaces.actions'),
            cell: (space) => <SpaceActions space={space} />,
          },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={t('spaces.description')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  href={`/launch/${profileName}`}
                  target="_blank"
                  iconName="external"
                  iconAlign="right"
                >
                  {t('spaces.openStudio')}
                </Button>
                {mayCreate && listed.length > 0 && create}
              </SpaceBetween>
            }
          >
            {t('spaces.title')}
          </Header>
        }
        empty={
          <Box textAlign="center" color="inherit" padding={{ vertical: 'l' }}>
            <SpaceBetween size="s">
              <b>{t('spaces.empty')}</b>
              <div>{t('spaces.emptyText')}</div>
              {create}
            </SpaceBetween>
          </Box>
        }
      />
      {isCreating && (
        <ChooseType
          title={t('spaces.createTitle')}
          confirm={t('spaces.create')}
          close={() => setCreating(false)}
          act={(instanceType) => createSpace(profileName, instanceType)}
        >
          {t('spaces.createText')}
        </ChooseType>
      )}
    </>
  );
}
