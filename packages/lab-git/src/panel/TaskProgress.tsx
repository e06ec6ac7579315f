import { closeIcon } from '@jupyterlab/ui-components';
import type { TaskKind } from '../model/remote-task.ts';
import type { Texts } from '../texts.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

/** How far a clone, fetch, pull or push is. */
export function TaskProgress() {
  const { model, trans } = usePanel();
  const { task } = model;
  if (task === null) return null;
  const label = kindText(task.kind, trans);
  return (
    <div className="sr-Git-task">
      <div className="sr-Git-row">
        <span role="status" className="sr-Git-taskText">
          {label} {phaseText(task.phase, trans)}
        </span>
        <IconButton icon={closeIcon} label={trans.__('Cancel')} onClick={() => task.cancel()} />
      </div>
      <progress
        aria-label={label}
        max={100}
        {...(task.percent === null ? {} : { value: task.percent })}
      />
    </div>
  );
}

function kindText(kind: TaskKind, trans: Texts): string {
  switch (kind) {
    case 'clone':
      return trans.__('Cloning …');
    case 'fetch':
      return trans.__('Fetching …');
    case 'pull':
      return trans.__('Pulling …');
    case 'push':
      return trans.__('Pushing …');
  }
}

/** Git's own words (git/progress.c), where they are known. */
function phaseText(phase: string, trans: Texts): string {
  switch (phase.replace(/^remote: /, '')) {
    case 'Enumerating objects':
    case 'Counting objects':
      return trans.__('Counting objects');
    case 'Compressing objects':
      return trans.__('Compressing objects');
    case 'Receiving objects':
      return trans.__('Receiving objects');
    case 'Writing objects':
      return trans.__('Sending objects');
    case 'Resolving deltas':
      return trans.__('Putting objects together');
    case 'Updating files':
    case 'Checking out files':
      return trans.__('Writing files');
    default:
      return phase;
  }
}
