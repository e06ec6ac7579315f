import { fileIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { GitAnswer, GitVersions } from '@strongroom/contracts';
import { useCallback, useState } from 'react';
import { describeFailure } from '../failure-text.ts';
import type { GitModel } from '../model/git-model.ts';
import { isNotebook } from '../model/paths.ts';
import { IconButton } from '../panel/IconButton.tsx';
import { useFreshFiles } from '../panel/use-fresh-files.ts';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';
import type { DiffSource } from './diff-source.ts';
import { NotebookDiff } from './NotebookDiff.tsx';
import { type DiffLayout, TextDiff } from './TextDiff.tsx';

interface DiffViewProps {
  readonly source: DiffSource;
  readonly model: GitModel;
  readonly trans: Texts;
  readonly openFile: () => void;
}

/** What changed in one file. */
export function DiffView({ source, model, trans, openFile }: DiffViewProps) {
  const [layout, setLayout] = useState<DiffLayout>('side-by-side');
  const { versions, failure, load } = useVersions(source, model);
  return (
    <div className="sr-GitDiffView">
      <div className="sr-Git-row sr-GitDiffView-head">
        <h2>
          <bdi>{shownName(source.file)}</bdi> <small>{sidesText(source.of, trans)}</small>
        </h2>
        <label className="sr-GitDiffView-layout">
          <input
            type="checkbox"
            checked={layout === 'side-by-side'}
            onChange={(event) => setLayout(event.target.checked ? 'side-by-side' : 'unified')}
          />
          {trans.__('Side by side')}
        </label>
        <IconButton icon={fileIcon} label={trans.__('Open the file')} onClick={openFile} />
        <IconButton icon={refreshIcon} label={trans.__('Refresh')} onClick={load} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard */}
      <section tabIndex={0} className="sr-GitDiffView-body" aria-label={trans.__('Differences')}>
        {failure !== null && <p role="alert">{describeFailure(failure, trans).sentence}</p>}
        {versions === null && failure === null && <p>{trans.__('Loading …')}</p>}
        {versions !== null && <Versions {...{ file: source.file, versions, layout, trans }} />}
      </section>
    </div>
  );
}

interface VersionsProps {
  readonly file: string;
  readonly versions: GitVersions;
  readonly layout: DiffLayout;
  readonly trans: Texts;
}

function Versions({ file, versions, layout, trans }: VersionsProps) {
  const { before, after, isBinary, isLarge } = versions;
  if (isLarge) {
    return <p>{trans.__('One of both sides is larger than 20 MB. It cannot be compared here.')}</p>;
  }
  if (isBinary) return <p>{trans.__('The file is not text. It cannot be compared here.')}</p>;
  if (before === null && after === null) {
    return <p className="sr-Git-hint">{trans.__('The file is on neither side.')}</p>;
  }
  return (
    <>
      {before === null && <p className="sr-Git-hint">{trans.__('The file is new.')}</p>}
      {after === null && <p className="sr-Git-hint">{trans.__('The file is deleted.')}</p>}
      {isNotebook(file) ? (
        <NotebookDiff {...{ before, after, layout, trans }} />
      ) : (
        <TextDiff before={before ?? ''} after={after ?? ''} {...{ layout, trans }} />
      )}
    </>
  );
}

/** Both sides, asked for again whenever the files may have changed. */
function useVersions({ repository, file, of }: DiffSource, model: GitModel) {
  const [versions, setVersions] = useState<GitAnswer<'versions'> | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const load = useCallback(() => {
    model.git.ask('versions', { repository, file, of }).then((answer) => {
      setFailure(null);
      // The same answer keeps what is unfolded and where it is scrolled to.
      setVersions((shown) => (JSON.stringify(shown) === JSON.stringify(answer) ? shown : answer));
    }, setFailure);
  }, [model, repository, file, of]);
  useFreshFiles(model, load);
  return { versions, failure, load };
}

function sidesText(of: string, trans: Texts): string {
  if (of === 'working-tree') return trans.__('what is staged or committed → your file');
  if (of === 'staged') return trans.__('last commit → what is staged');
  return trans.__('changed by the commit %1', of.slice(0, 10));
}
