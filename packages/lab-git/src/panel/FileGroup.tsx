import { addIcon, caretDownIcon, caretRightIcon, undoIcon } from '@jupyterlab/ui-components';
import { useId, useState } from 'react';
import { minusIcon } from '../icons.ts';
import { type GroupKind, keyOf } from '../model/changed-file.ts';
import type { Texts } from '../texts.ts';
import { FileRow } from './FileRow.tsx';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

const shownAtOnce = 200;

/** One list, with what is done to all of it. Thousands are shown in pieces. */
export function FileGroup({ kind }: { readonly kind: GroupKind }) {
  const { model, trans } = usePanel();
  const [isOpen, setIsOpen] = useState(true);
  const [shownCount, setShownCount] = useState(shownAtOnce);
  const headingId = useId();
  const group = model.groups[kind];
  if (group.length === 0) return null;
  const CaretIcon = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <section className="sr-Git-group" aria-labelledby={headingId}>
      <div className="sr-Git-groupHead">
        <h3 id={headingId}>
          <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <CaretIcon.react tag="span" />
            {groupText(kind, trans)}
            <span className="sr-Git-count">{group.length}</span>
          </button>
        </h3>
        <GroupButtons kind={kind} />
      </div>
      {isOpen && (
        <ul>
          {group.slice(0, shownCount).map((file) => (
            <FileRow key={keyOf(file)} file={file} isChosen={model.isChosen(file)} />
          ))}
        </ul>
      )}
      {isOpen && group.length > shownCount && (
        <button
          type="button"
          className="sr-Git-more"
          onClick={() => setShownCount(shownCount + 5 * shownAtOnce)}
        >
          {trans.__('Show more (%1 left)', String(group.length - shownCount))}
        </button>
      )}
    </section>
  );
}

function GroupButtons({ kind }: { readonly kind: GroupKind }) {
  const { model, trans, files } = usePanel();
  const all = model.groups[kind];
  const isDisabled = model.isBusy;
  if (kind === 'conflicted') return null;
  if (kind === 'staged') {
    return (
      <IconButton
        {...{ icon: minusIcon, label: trans.__('Unstage all'), isDisabled }}
        onClick={() => void files.unstage(all)}
      />
    );
  }
  return (
    <>
      <IconButton
        {...{ icon: undoIcon, isDisabled }}
        label={kind === 'changed' ? trans.__('Discard all …') : trans.__('Move all to the trash …')}
        onClick={() => void files.discard(all)}
      />
      <IconButton
        {...{ icon: addIcon, isDisabled }}
        label={
          kind === 'changed' ? trans.__('Stage all changes') : trans.__('Stage all untracked files')
        }
        onClick={() => void files.stage(all)}
      />
    </>
  );
}

function groupText(kind: GroupKind, trans: Texts): string {
  switch (kind) {
    case 'conflicted':
      return trans.__('Conflicts');
    case 'staged':
      return trans.__('Staged');
    case 'changed':
      return trans.__('Changed');
    case 'untracked':
      return trans.__('Untracked');
  }
}
