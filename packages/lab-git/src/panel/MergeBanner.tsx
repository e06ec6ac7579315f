import { usePanel } from './panel-context.ts';

/** A merge that waits for its end; other things that wait are ended in a terminal. */
export function MergeBanner() {
  const { model, trans, commits } = usePanel();
  const { status } = model;
  if (status === null || status.inProgress === 'nothing') return null;
  if (status.inProgress !== 'merge') {
    return (
      <div className="sr-Git-banner" role="status">
        <p>{trans.__('Under way: %1. Finish or abort it in a terminal:', status.inProgress)}</p>
        <code>{`git ${status.inProgress} --continue`}</code>
        <code>{`git ${status.inProgress} --abort`}</code>
      </div>
    );
  }
  const leftCount = status.conflicted.length;
  return (
    <div className="sr-Git-banner">
      <p role="status">
        {leftCount === 0
          ? trans.__('All conflicts are resolved. Finish the merge to commit it.')
          : trans.__('A merge is under way. Files left to resolve: %1.', String(leftCount))}
      </p>
      <div className="sr-Git-row">
        <button
          type="button"
          className="sr-Git-primary"
          disabled={leftCount > 0 || model.isBusy}
          onClick={() => void commits.finishMerge()}
        >
          {trans.__('Finish Merge')}
        </button>
        <button
          type="button"
          className="sr-Git-secondary"
          disabled={model.isBusy}
          onClick={() => void commits.abortMerge()}
        >
          {trans.__('Abort Merge …')}
        </button>
      </div>
    </div>
  );
}
