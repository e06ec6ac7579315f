import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { deleteObject } from '../api/objects.ts';
import { queryClient } from '../api/queries.ts';
import { AskFirst } from '../shell/AskFirst.tsx';
import { NameList } from './NameList.tsx';

interface DeleteObjectsProps {
  readonly bucket: string;
  readonly keys: readonly string[];
  readonly isVersioned: boolean;
  readonly deleted: () => void;
  readonly close: () => void;
}

export function DeleteObjects({ bucket, keys, isVersioned, deleted, close }: DeleteObjectsProps) {
  const { t } = useTranslation();
  return (
    <AskFirst
      title={t('objects.deleteTitle', { count: keys.length })}
      confirm={t('objects.delete')}
      close={close}
      act={async () => {
        try {
          for (const key of keys) await deleteObject({ bucket, key });
          deleted();
        } finally {
          await queryClient.invalidateQueries({ queryKey: ['folder', bucket] });
        }
      }}
    >
      <SpaceBetween size="s">
        <div>{t(isVersioned ? 'objects.deleteVersioned' : 'objects.deleteText')}</div>
        <NameList names={keys} />
      </SpaceBetween>
    </AskFirst>
  );
}
