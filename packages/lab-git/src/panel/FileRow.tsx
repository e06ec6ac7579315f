import { addIcon, editIcon, fileIcon, undoIcon } from '@jupyterlab/ui-components';
import type { KeyboardEvent } from 'react';
import { memo } from 'react';
import { minusIcon } from '../icons.ts';
import type { ChangedFile } from '../model/changed-file.ts';
import { folderOf, lastName } from '../model/paths.ts';
import { shownName } from '../shown-name.ts';
import { stateLetter, stateText } from './file-state-text.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

interface FileRowProps {
  readonly file: ChangedFile;
  readonly isChosen: boolean;
}

export const FileRow = memo(function FileRow({ file, isChosen }: FileRowProps) {
  const { model, trans, iconOf, openChanges, files } = usePanel();
  const shown = shownName(file.path);
  const state = stateText(file.state, trans);
  const title =
    file.oldPath === null ? shown : trans.__('%1 (was %2)', shown, shownName(file.oldPath));
  const Icon = iconOf(file.path);
  const onKeyDown = (event: KeyboardEvent) => {
    const targets = targetsOf(file, model.chosen);
    if (event.key === 'Enter') openChanges(file);
    else if (event.key === '+' && file.group !== 'staged') void files.stage(stageable(targets));
    else if (event.key === '-' && file.group === 'staged') void files.unstage(targets);
    else if (event.key === 'Delete') void files.discard(targets);
    else return;
    event.preventDefault();
  };
  return (
    <li
      className="sr-GitFile"
      data-group={file.group}
      data-chosen={isChosen}
      onContextMenu={() => {
        if (!model.isChosen(file)) model.choose(file);
      }}
    >
      <button
        type="button"
        data-row=""
        className="sr-GitFile-name"
        aria-pressed={isChosen}
        aria-label={`${title}, ${state}`}
        title={`${title}\n${state}`}
        onClick={(event) => model.choose(file, event)}
        onDoubleClick={() => openChanges(file)}
        onKeyDown={onKeyDown}
      >
        <Icon.react tag="span" />
        <bdi>{shownName(lastName(file.path))}</bdi>
        <bdi className="sr-GitFile-folder">{shownName(folderOf(file.path))}</bdi>
      </button>
      <RowButtons file={file} shown={shown} />
      <span className="sr-GitFile-state" data-state={file.state} aria-hidden="true">
        {stateLetter(file.state)}
      </span>
    </li>
  );
});

function RowButtons({ file, shown }: { readonly file: ChangedFile; readonly shown: string }) {
  const { model, trans, files, openChanges } = usePanel();
  const { group, state } = file;
  const isDisabled = model.isBusy;
  const targets = () => targetsOf(file, model.chosen);
  return (
    <span className="sr-GitFile-buttons">
      {state !== 'deleted' && (
        <IconButton
          {...{ icon: fileIcon, label: trans.__('Open %1', shown) }}
          onClick={() => files.open(file)}
        />
      )}
      {group === 'conflicted' && (
        <IconButton
          {...{ icon: editIcon, label: trans.__('Resolve %1', shown) }}
          onClick={() => openChanges(file)}
        />
      )}
      {group === 'changed' && (
        <IconButton
          {...{ icon: undoIcon, label: trans.__('Discard the changes of %1 …', shown), isDisabled }}
          onClick={() => void files.discard(targets())}
        />
      )}
      {group === 'untracked' && (
        <IconButton
          {...{ icon: undoIcon, label: trans.__('Move %1 to the trash …', shown), isDisabled }}
          onClick={() => void files.discard(targets())}
        />
      )}
      {group === 'staged' && (
        <IconButton
          {...{ icon: minusIcon, label: trans.__('Unstage %1', shown), isDisabled }}
          onClick={() => void files.unstage(targets())}
        />
      )}
      {(group === 'changed' || group === 'untracked') && (
        <IconButton
          {...{ icon: addIcon, label: trans.__('Stage %1', shown), isDisabled }}
          onClick={() => void files.stage(targets())}
        />
      )}
    </span>
  );
}

/** All that are chosen, where the file is one of them. */
function targetsOf(file: ChangedFile, chosen: readonly ChangedFile[]): readonly ChangedFile[] {
  const isAmongThem = chosen.some(({ path, group }) => path === file.path && group === file.group);
  return isAmongThem ? chosen : [file];
}

function stageable(files: readonly ChangedFile[]): readonly ChangedFile[] {
  return files.filter(({ group }) => group === 'changed' || group === 'untracked');
}
