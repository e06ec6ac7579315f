import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRepository } from '../../api/repositories.ts';
import { PageLink } from '../../shell/PageLink.tsx';
import { CopyLine } from './CopyLine.tsx';

const places = ['inStudio', 'outside'] as const;

interface FirstStepsProps {
  readonly details: RepositoryDetails;
  readonly profileName: string;
}

/** What to type so that an empty repository is empty no longer. */
export function FirstSteps({ details, profileName }: FirstStepsProps) {
  const { t } = useTranslation();
  const { name, studioCloneUrl, outsideCloneUrl, defaultBranch, may } = details;
  const [place, setPlace] = useState<(typeof places)[number]>('inStudio');
  const { isFetching, refetch } = useRepository(name);
  const address = place === 'inStudio' ? studioCloneUrl : outsideCloneUrl;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t(may.push ? 'repositories.first.text' : 'repositories.first.readOnly')}
          actions={
            <Button iconName="refresh" loading={isFetching} onClick={() => void refetch()}>
              {t('repositories.first.refresh')}
            </Button>
          }
        >
          {t('repositories.first.title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <SegmentedControl
          label={t('repositories.first.place')}
          selectedId={place}
          options={places.map((id) => ({ id, text: t(`repositories.${id}`) }))}
          onChange={({ detail }) =>
            setPlace(places.find((id) => id === detail.selectedId) ?? place)
          }
        />
        <Box variant="p">
          {place === 'inStudio' && t('repositories.inStudioText')}
          {place === 'outside' && (
            <>
              {t('repositories.outsideText', { profileName })}{' '}
              <PageLink to="/tokens">{t('repositories.toTokens')}</PageLink>
            </>
          )}
        </Box>
        <div>
          <Box variant="h3" padding={{ bottom: 'xs' }}>
            {t('repositories.first.clone')}
          </Box>
          <CopyLine
            name={t('repositories.first.clone')}
            text={cloneCommands({ address, name, defaultBranch, mayPush: may.push })}
          />
        </div>
        {may.push && (
          <div>
            <Box variant="h3" padding={{ bottom: 'xs' }}>
              {t('repositories.first.push')}
            </Box>
            <CopyLine
              name={t('repositories.first.push')}
              text={`git remote add origin ${address}\ngit push -u origin HEAD:${defaultBranch}`}
            />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}

function cloneCommands(options: {
  readonly address: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly mayPush: boolean;
}): string {
  const { address, name, defaultBranch, mayPush } = options;
  const clone = [`git clone ${address}`, `cd ${name}`];
  if (!mayPush) return clone.join('\n');
  return [
    ...clone,
    `echo "# ${name}" > README.md`,
    'git add README.md',
    'git commit -m "First commit"',
    `git push -u origin HEAD:${defaultBranch}`,
  ].join('\n');
}
