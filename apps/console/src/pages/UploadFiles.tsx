import FileDropzone from '@cloudscape-design/components/file-dropzone';
import FileInput from '@cloudscape-design/components/file-input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkUpload } from '../api/objects.ts';
import { noticeSignedOut } from '../api/queries.ts';
import { type ChosenFile, uploads } from '../api/uploads.ts';
import { AskFirst } from '../shell/AskFirst.tsx';
import { Failure } from '../shell/Failure.tsx';
import { NameList } from './NameList.tsx';

interface Destination {
  readonly bucket: string;
  readonly prefix: string;
  readonly isVersioned: boolean;
}

interface ChosenFiles {
  readonly add: (files: readonly File[]) => void;
  readonly button: ReactNode;
  readonly refusals: ReactNode;
  readonly dialog: ReactNode;
}

/** Files that were chosen for a folder: looked at first, asked about where they would replace some, then sent. */
export function useChosenFiles({ bucket, prefix, isVersioned }: Destination): ChosenFiles {
  const { t } = useTranslation();
  const [isChecking, setChecking] = useState(false);
  const [existing, setExisting] = useState<readonly ChosenFile[]>([]);
  const [refused, setRefused] = useState<{ name: string; error: unknown }>();

  const add = async (files: readonly File[]) => {
    setChecking(true);
    setRefused(undefined);
    const found: ChosenFile[] = [];
    for (const file of files) {
      const chosen = { bucket, key: `${prefix}${file.name}`, file };
      try {
        if (await checkUpload(chosen)) found.push({ ...chosen, overwrite: true });
        else uploads.add([{ ...chosen, overwrite: false }]);
      } catch (error) {
        // Where one is refused, the others would be too.
        setRefused({ name: file.name, error });
        noticeSignedOut(error);
        break;
      }
    }
    setExisting(found);
    setChecking(false);
  };

  return {
    add: (files) => void add(files),
    button: (
      <FileInput
        multiple
        value={[]}
        ariaLabel={t('objects.uploadFiles')}
        onChange={({ detail }) => void add(detail.value)}
      >
        {t('objects.upload')}
      </FileInput>
    ),
    refusals: (
      <>
        {isChecking && <StatusIndicator type="loading">{t('objects.checking')}</StatusIndicator>}
        {refused && (
          <Failure
            title={t('objects.refusedTitle', { name: refused.name })}
            error={refused.error}
          />
        )}
      </>
    ),
    dialog: existing.length > 0 && (
      <AskFirst
        title={t('objects.replaceTitle', { count: existing.length })}
        confirm={t('objects.replace')}
        close={() => setExisting([])}
        act={async () => uploads.add(existing)}
      >
        <SpaceBetween size="s">
          <div>{t('objects.replaceText')}</div>
          <NameList names={existing.map(({ file }) => file.name)} />
          {isVersioned && <div>{t('objects.replaceVersioned')}</div>}
        </SpaceBetween>
      </AskFirst>
    ),
  };
}

interface UploadFilesProps {
  /** Where they go to, as a person reads it. */
  readonly place: string;
  readonly add: (files: readonly File[]) => void;
}

/** What files are dropped on. */
export function UploadFiles({ place, add }: UploadFilesProps) {
  const { t } = useTranslation();
  return (
    <FileDropzone onChange={({ detail }) => add(detail.value)}>
      {t('objects.drop', { place })}
    </FileDropzone>
  );
}
