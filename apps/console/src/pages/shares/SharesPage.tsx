import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { type Role, type ShareListName, shareListNameSchema } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useShares } from '../../api/shares.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useTitle } from '../../shell/use-title.ts';
import './shares.css';
import { SharesTable } from './SharesTable.tsx';

interface SharesPageProps {
  readonly profileName: string;
  readonly role: Role;
}

/** What others share with one, what one shares, and for whoever oversees the domain everything. */
export function SharesPage({ profileName, role }: SharesPageProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const lists: ShareListName[] =
    role === 'data-scientist' ? ['with-me', 'mine'] : ['with-me', 'mine', 'all'];
  const asked = shareListNameSchema.catch('with-me').parse(search.get('list'));
  const list = lists.includes(asked) ? asked : 'with-me';
  useTitle(t('shares.title'));
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('shares.explain')}>
        {t('shares.title')}
      </Header>
      <Tabs
        ariaLabel={t('shares.title')}
        activeTabId={list}
        onChange={({ detail }) => setSearch({ list: detail.activeTabId }, { replace: true })}
        tabs={lists.map((id) => ({
          id,
          label: t(`shares.lists.${id}`),
          content: id === list && <List list={id} profileName={profileName} />,
        }))}
      />
    </SpaceBetween>
  );
}

interface ListProps {
  readonly list: ShareListName;
  readonly profileName: string;
}

function List({ list, profileName }: ListProps) {
  const { t } = useTranslation();
  const shares = useShares(list);
  return (
    <SpaceBetween size="m">
      {shares.error && <Failure error={shares.error} retry={() => void shares.refetch()} />}
      {list === 'all' && <Alert type="info">{t('shares.explainAll')}</Alert>}
      {list === 'mine' && (shares.data?.shares.length ?? 0) > 0 && (
        <Alert type="info">{t('shares.newVersionHint')}</Alert>
      )}
      <SharesTable
        {...{ list, profileName }}
        shares={shares.data?.shares ?? []}
        isLoading={shares.isPending}
      />
    </SpaceBetween>
  );
}
