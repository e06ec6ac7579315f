import { addIcon, deleteIcon } from '@jupyterlab/ui-components';
import type { GitBranch } from '@strongroom/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { mergeIcon } from '../icons.ts';
import { shownName } from '../shown-name.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

/** All branches: switch, create, merge, delete. */
export function BranchList() {
  const { model, state, trans, branches } = usePanel();
  const [all, setAll] = useState<readonly GitBranch[]>([]);
  const [filter, setFilter] = useState('');
  const filterRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const { status } = model;
  useEffect(() => filterRef.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every act may bring other branches
  useEffect(() => {
    branches.list().then(setAll, (error: unknown) => model.tell(error));
  }, [model, branches, status?.branch, status?.commitId, model.isBusy]);
  const found = all.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Back to the button that opened it, before the field that has the focus is gone.
    listRef.current?.closest('.sr-Git')?.querySelector<HTMLElement>('.sr-Git-branch')?.focus();
    state.showBranches(false);
  };
  const create = async () => {
    if (await branches.create()) state.showBranches(false);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of the panel, opened and closed by Escape
    <div
      ref={listRef}
      role="group"
      className="sr-Git-branches"
      aria-label={trans.__('Branches')}
      onKeyDown={onKeyDown}
    >
      <div className="sr-Git-row">
        <input
          ref={filterRef}
          type="search"
          className="jp-mod-styled"
          aria-label={trans.__('Find a branch')}
          placeholder={trans.__('Find a branch')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <IconButton
          {...{
            icon: addIcon,
            label: trans.__('New branch …'),
            isDisabled: status?.commitId === null,
          }}
          onClick={() => void create()}
        />
      </div>
      <Branches title={trans.__('Local')} branches={found.filter(({ isRemote }) => !isRemote)} />
      <Branches title={trans.__('Remote')} branches={found.filter(({ isRemote }) => isRemote)} />
      {found.length === 0 && (
        <p className="sr-Git-hint">
          {status?.commitId === null && filter === ''
            ? trans.__('Branches can be created once there is a commit.')
            : trans.__('There is no such branch.')}
        </p>
      )}
    </div>
  );
}

interface BranchesProps {
  readonly title: string;
  readonly branches: readonly GitBranch[];
}

function Branches({ title, branches }: BranchesProps) {
  if (branches.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {branches.map((branch) => (
          <BranchRow key={`${branch.isRemote} ${branch.name}`} branch={branch} />
        ))}
      </ul>
    </section>
  );
}

function BranchRow({ branch }: { readonly branch: GitBranch }) {
  const { model, state, trans, branches } = usePanel();
  const shown = shownName(branch.name);
  const isDisabled = model.isBusy;
  const switchTo = async () => {
    if (branch.isCurrent || (await branches.switchTo(branch))) state.showBranches(false);
  };
  return (
    <li className="sr-GitBranch">
      <button
        type="button"
        className="sr-GitBranch-name"
        aria-current={branch.isCurrent}
        {...(branch.isCurrent ? {} : { 'aria-label': trans.__('Switch to %1', shown) })}
        title={shown}
        onClick={() => void switchTo()}
      >
        <bdi>{shown}</bdi>
      </button>
      {!branch.isCurrent && (
        <IconButton
          {...{
            icon: mergeIcon,
            label: trans.__('Merge %1 into the current branch', shown),
            isDisabled,
          }}
          onClick={() => void branches.merge(branch).then(() => state.showBranches(false))}
        />
      )}
      {!branch.isCurrent && !branch.isRemote && (
        <IconButton
          {...{ icon: deleteIcon, label: trans.__('Delete %1 …', shown), isDisabled }}
          onClick={() => void branches.delete(branch)}
        />
      )}
    </li>
  );
}
