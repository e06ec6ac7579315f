import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { NewPersonalToken, PersonalToken } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endToken, usePersonalTokens } from '../../api/tokens.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { CreateToken } from './CreateToken.tsx';
import { NewToken } from './NewToken.tsx';
import { tokenColumns } from './token-columns.tsx';

/** One's own personal tokens. */
export function TokensPage({ profileName }: { readonly profileName: string }) {
  const { t } = useTranslation();
  const tokens = usePersonalTokens();
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<NewPersonalToken>();
  const [ending, setEnding] = useState<PersonalToken>();
  const [ended, setEnded] = useState<string>();
  useTitle(t('tokens.title'));
  const all = tokens.data?.tokens ?? [];
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t('tokens.explain')}
        actions={
          <Button variant="primary" onClick={() => setCreating(true)}>
            {t('tokens.create')}
          </Button>
        }
      >
        {t('tokens.title')}
      </Header>
      {ended !== undefined && (
        <Alert
          type="success"
          dismissible
          dismissAriaLabel={t('close')}
          onDismiss={() => setEnded(undefined)}
        >
          <span className="long-name">{t('tokens.ended', { name: ended })}</span>
        </Alert>
      )}
      {tokens.error && <Failure error={tokens.error} retry={() => void tokens.refetch()} />}
      {!tokens.error && (
        <Table
          wrapLines
          stickyColumns={{ last: 1 }}
          items={all}
          trackBy="tokenId"
          loading={tokens.isPending}
          loadingText={t('loading')}
          header={<Header counter={`(${all.length})`}>{t('tokens.title')}</Header>}
          empty={
            <Box textAlign="center" padding={{ vertical: 'm' }}>
              <b>{t('tokens.empty')}</b>
              <Box variant="p">{t('tokens.emptyHint')}</Box>
            </Box>
          }
          columnDefinitions={tokenColumns(t, setEnding)}
        />
      )}
      {isCreating && <CreateToken close={() => setCreating(false)} created={setMade} />}
      {made && <NewToken token={made} profileName={profileName} close={() => setMade(undefined)} />}
      {ending && (
        <AskFirst
          title={t('tokens.endTitle', { name: ending.name })}
          confirm={t('tokens.endSubmit')}
          close={() => setEnding(undefined)}
          act={async () => {
            setEnded(undefined);
            await endToken(ending.tokenId);
            setEnded(ending.name);
          }}
        >
          {t('tokens.endText')}
        </AskFirst>
      )}
    </SpaceBetween>
  );
}
