import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RepositoryDetails } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRepository } from '../../api/repositories.ts';
import { AccessEditor } from './AccessEditor.tsx';
import { type AccessLine, areReady, grantsOf, linesOf } from './access-lines.ts';
import { SaveBar } from './SaveBar.tsx';

export function AccessForm({ details }: { readonly details: RepositoryDetails }) {
  const { t } = useTranslation();
  const { name, owner, access } = details;
  const stored = linesOf(access);
  const [lines, setLines] = useState<readonly AccessLine[]>(stored);
  return (
    <Container
      header={
        <Header variant="h2" description={t('repositories.accessRuleOwner', { owner })}>
          {t('repositories.settings.access')}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <AccessEditor lines={lines} owner={owner} change={setLines} />
        <SaveBar
          isReady={areReady(lines)}
          isChanged={JSON.stringify(lines) !== JSON.stringify(stored)}
          save={() => changeRepository(name, { access: grantsOf(lines) })}
          discard={() => setLines(stored)}
        />
      </SpaceBetween>
    </Container>
  );
}
