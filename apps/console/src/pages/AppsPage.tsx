import { useTranslation } from 'react-i18next';
import { useApps } from '../api/queries.ts';
import { AppsTable } from '../shell/AppsTable.tsx';
import { Failure } from '../shell/Failure.tsx';
import { useTitle } from '../shell/use-title.ts';

export function AppsPage() {
  const { t } = useTranslation();
  const apps = useApps();
  useTitle(t('navigation.apps'));
  if (apps.error) return <Failure error={apps.error} retry={() => void apps.refetch()} />;
  return (
    <AppsTable
      variant="full-page"
      isOfEverybody
      title={t('apps.all')}
      isLoading={apps.isPending}
      apps={apps.data?.apps ?? []}
    />
  );
}
