import Box from '@cloudscape-design/components/box';
import type { ViewedRepositoryFile } from '@strongroom/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotebookFrame } from '../../notebooks/NotebookFrame.tsx';
import { imageAddress } from './image-address.ts';
import { markdownNotebook } from './markdown-notebook.ts';
import { shownName } from './shown-name.ts';
import { TextFile } from './TextFile.tsx';

interface FileContentProps {
  readonly file: ViewedRepositoryFile;
  readonly isRendered: boolean;
  readonly isWrapped: boolean;
}

/** Nothing of a file is put into this page but text and pixels; the rest is rendered apart from it. */
export function FileContent({ file, isRendered, isWrapped }: FileContentProps) {
  const { t } = useTranslation();
  const { kind, text, path, viewerOrigin } = file;
  const name = shownName(path.split('/').at(-1) ?? '');
  const notebook = useMemo(() => {
    if (!isRendered || text === null) return undefined;
    return kind === 'notebook' ? text : markdownNotebook(text);
  }, [isRendered, kind, text]);
  if (notebook !== undefined)
    return (
      <NotebookFrame
        {...{ viewerOrigin, notebook }}
        title={t('notebooks.frame', { title: name })}
      />
    );
  if (kind === 'image') return <Image name={name} base64={text ?? ''} />;
  if (kind === 'text' || kind === 'notebook')
    return <TextFile name={name} text={text ?? ''} isWrapped={isWrapped} />;
  return <NotShown text={t(`repositories.notShown.${kind}`)} />;
}

function Image({ name, base64 }: { readonly name: string; readonly base64: string }) {
  const { t } = useTranslation();
  const [hasFailed, setFailed] = useState(false);
  const address = imageAddress(base64);
  if (hasFailed || address === undefined) return <NotShown text={t('repositories.imageFailed')} />;
  return (
    <img
      className="file-image"
      src={address}
      alt={t('repositories.imageOf', { name })}
      onError={() => setFailed(true)}
    />
  );
}

function NotShown({ text }: { readonly text: string }) {
  return (
    <Box textAlign="center" padding="l">
      {text}
    </Box>
  );
}
