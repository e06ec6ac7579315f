import { caretDownIcon, refreshIcon } from '@jupyterlab/ui-components';
import { fetchIcon, gitIcon, pullIcon, pushIcon } from '../icons.ts';
import { lastName } from '../model/paths.ts';
import { shownName } from '../shown-name.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

/** Which repository and branch, and what is exchanged with the remote. */
export function RepositoryHeader() {
  const { model } = usePanel();
  return (
    <div className="sr-Git-header">
      <RepositoryChooser />
      {model.status !== null && (
        <div className="sr-Git-row">
          <BranchButton />
          <RemoteButtons />
        </div>
      )}
    </div>
  );
}

function RepositoryChooser() {
  const { model, trans, showFolder } = usePanel();
  const { roots, root } = model;
  const known = root === null || roots.includes(root) ? roots : [root, ...roots];
  return (
    <div className="sr-Git-row">
      <select
        className="sr-Git-repositories"
        aria-label={trans.__('Repository')}
        value={root === null ? 'none' : `/${root}`}
        onChange={(event) => showFolder(event.target.value.slice(1))}
      >
        {root === null && (
          <option value="none" disabled>
            {trans.__('Open a repository of your home …')}
          </option>
        )}
        {known.map((each) => (
          <option key={each} value={`/${each}`}>
            {each === '' ? trans.__('Home') : labelOf(each, known)}
          </option>
        ))}
      </select>
      <IconButton
        icon={refreshIcon}
        label={trans.__('Refresh')}
        onClick={() => void Promise.all([model.followFolder(model.folder), model.findRoots()])}
      />
    </div>
  );
}

/** Its name, with the way to it where another has the same. */
function labelOf(root: string, all: readonly string[]): string {
  const isAlone = all.filter((each) => lastName(each) === lastName(root)).length === 1;
  return shownName(isAlone ? lastName(root) : root);
}

function BranchButton() {
  const { model, state, trans } = usePanel();
  const { status } = model;
  if (status === null) return null;
  const name =
    status.branch === null
      ? trans.__('Detached at %1', status.commitId?.slice(0, 7) ?? '')
      : shownName(status.branch);
  return (
    <button
      type="button"
      className="sr-Git-branch"
      aria-expanded={state.showsBranches}
      aria-label={trans.__('Branch: %1', name)}
      title={trans.__('Branch: %1', name)}
      onClick={() => state.showBranches(!state.showsBranches)}
    >
      <gitIcon.react tag="span" />
      <bdi>{name}</bdi>
      <caretDownIcon.react tag="span" />
    </button>
  );
}

function RemoteButtons() {
  const { model, trans, remotes } = usePanel();
  const { status, task } = model;
  if (status === null) return null;
  const { ahead, behind, upstream } = status;
  const hasRemote = status.remotes.length > 0;
  const isDisabled = !hasRemote || task !== null;
  const withReason = (label: string) =>
    hasRemote ? label : `${label}: ${trans.__('This repository has no remote.')}`;
  const pushLabel =
    upstream === null
      ? trans.__('Publish this branch')
      : trans.__('Push (commits ahead: %1)', String(ahead));
  return (
    <>
      <IconButton
        {...{ icon: fetchIcon, isDisabled, label: withReason(trans.__('Fetch')) }}
        onClick={() => void remotes.fetch()}
      />
      <IconButton
        {...{ icon: pullIcon, isDisabled: isDisabled || upstream === null }}
        label={withReason(trans.__('Pull (commits behind: %1)', String(behind)))}
        onClick={() => void remotes.pull()}
      >
        {behind > 0 && <span className="sr-Git-count">{behind}</span>}
      </IconButton>
      <IconButton
        {...{ icon: pushIcon, isDisabled: isDisabled || status.branch === null }}
        label={withReason(pushLabel)}
        onClick={() => void remotes.push()}
      >
        {ahead > 0 && <span className="sr-Git-count">{ahead}</span>}
      </IconButton>
    </>
  );
}
