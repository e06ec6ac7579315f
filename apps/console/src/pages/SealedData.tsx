import Box from '@cloudscape-design/components/box';
import type { KeyOverview } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../shell/format-bytes.ts';
import { NameList } from './NameList.tsx';

/** What nobody can read without the key: buckets with counts and bytes, whose homes, which repositories. */
export function SealedData({ seals }: Pick<KeyOverview, 'seals'>) {
  const { t } = useTranslation();
  const { buckets, homes, repositories } = seals;
  if (buckets.length + homes.length + repositories.length === 0)
    return <div>{t('keys.sealsNothing')}</div>;
  return (
    <>
      {buckets.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('keys.bucket')}</th>
              <th scope="col">{t('keys.objects')}</th>
              <th scope="col">{t('keys.versionCount')}</th>
              <th scope="col">{t('keys.size')}</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ bucket, objectCount, versionCount, sizeBytes }) => (
              <tr key={bucket}>
                <th scope="row">{bucket}</th>
                <td>{objectCount.toLocaleString()}</td>
                <td>{versionCount.toLocaleString()}</td>
                <td>{formatBytes(sizeBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {homes.length > 0 && (
        <>
          <Box>{t('keys.homes', { count: homes.length })}</Box>
          <NameList names={homes} />
        </>
      )}
      {repositories.length > 0 && (
        <>
          <Box>{t('keys.repositories', { count: repositories.length })}</Box>
          <NameList names={repositories} />
        </>
      )}
    </>
  );
}
