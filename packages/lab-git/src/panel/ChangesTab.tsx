import { groupKinds } from '../model/changed-file.ts';
import { CommitBox } from './CommitBox.tsx';
import { FileGroup } from './FileGroup.tsx';
import { usePanel } from './panel-context.ts';
import { useRowFocus } from './use-row-focus.ts';

/** The lists of files, and below them the commit. */
export function ChangesTab() {
  const { model, trans } = usePanel();
  const { listRef, ...handlers } = useRowFocus();
  const isClean = groupKinds.every((kind) => model.groups[kind].length === 0);
  return (
    <>
      <div className="sr-Git-files" ref={listRef} {...handlers}>
        {isClean && (
          <p className="sr-Git-hint">
            {model.status?.commitId === null
              ? trans.__(
                  'There is no commit yet. Files that are put into this folder are listed here.',
                )
              : trans.__('Nothing has changed since the last commit.')}
          </p>
        )}
        {groupKinds.map((kind) => (
          <FileGroup key={kind} kind={kind} />
        ))}
        {model.status?.isCut === true && (
          <p className="sr-Git-hint">
            {trans.__(
              'Only the first 10,000 untracked files are listed. Add folders that need no history to .gitignore.',
            )}
          </p>
        )}
      </div>
      {/* A merge is committed by finishing it. */}
      {model.status?.inProgress !== 'merge' && <CommitBox />}
    </>
  );
}
