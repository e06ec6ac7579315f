import { deleteIcon } from '@jupyterlab/ui-components';
import { type FormEvent, useEffect, useState } from 'react';
import type { StashEntry } from '../actions/stash-actions.ts';
import { stashName } from '../model/stash-name.ts';
import { shownName } from '../shown-name.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

/** Changes that are put aside for a while. */
export function StashTab() {
  const { model, trans, stashes } = usePanel();
  const [entries, setEntries] = useState<readonly StashEntry[]>([]);
  const { status } = model;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every status may bring other stashes
  useEffect(() => {
    stashes.list().then(setEntries, (error: unknown) => model.tell(error));
  }, [model, stashes, status?.stashCount, status?.root, model.isBusy]);
  return (
    <div className="sr-Git-stashes">
      <SaveForm />
      {entries.length === 0 && <p className="sr-Git-hint">{trans.__('Nothing is put aside.')}</p>}
      <ul>
        {entries.map((entry) => (
          <StashRow key={`${entry.index} ${entry.createdAt}`} entry={entry} />
        ))}
      </ul>
    </div>
  );
}

function SaveForm() {
  const { model, trans, stashes } = usePanel();
  const [message, setMessage] = useState('');
  const { conflicted, staged, changed, untracked } = model.groups;
  const isClean = staged.length + changed.length === 0;
  const isDisabled = isClean || model.isBusy || conflicted.length > 0;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await stashes.save(message.trim())) setMessage('');
  };
  return (
    <form className="sr-Git-stashForm" onSubmit={(event) => void save(event)}>
      <input
        className="jp-mod-styled"
        aria-label={trans.__('Description of the stash')}
        placeholder={trans.__('Description (may be empty)')}
        value={message}
        onChange={(event) => setMessage(event.target.value)}
      />
      <button type="submit" className="sr-Git-primary" disabled={isDisabled}>
        {trans.__('Put Changes Aside')}
      </button>
      {untracked.length > 0 && (
        <p className="sr-Git-hint">{trans.__('Untracked files stay where they are.')}</p>
      )}
    </form>
  );
}

function StashRow({ entry }: { readonly entry: StashEntry }) {
  const { model, trans, stashes, languageTag } = usePanel();
  const { description, branch } = stashName(entry.message);
  const shown = shownName(description === '' ? trans.__('No description') : description);
  return (
    <li className="sr-GitStash">
      <div className="sr-GitStash-text" title={shown}>
        <bdi>{shown}</bdi>
        <small className="sr-GitStash-when">
          {branch !== null && <bdi className="sr-GitStash-branch">{shownName(branch)}</bdi>}
          <time dateTime={entry.createdAt}>
            {new Date(entry.createdAt).toLocaleString(languageTag, {
              dateStyle: 'short',
              timeStyle: 'short',
            })}
          </time>
        </small>
      </div>
      <div className="sr-Git-row">
        <button
          type="button"
          className="sr-Git-secondary"
          disabled={model.isBusy}
          title={trans.__('Brings the changes back and takes the stash off the list')}
          aria-label={trans.__('Pop: %1', shown)}
          onClick={() => void stashes.apply(entry, true)}
        >
          {trans.__('Pop')}
        </button>
        <button
          type="button"
          className="sr-Git-secondary"
          disabled={model.isBusy}
          title={trans.__('Brings the changes back and keeps the stash')}
          aria-label={trans.__('Apply: %1', shown)}
          onClick={() => void stashes.apply(entry, false)}
        >
          {trans.__('Apply')}
        </button>
        <IconButton
          {...{ icon: deleteIcon, label: trans.__('Delete %1 …', shown), isDisabled: model.isBusy }}
          onClick={() => void stashes.drop(entry)}
        />
      </div>
    </li>
  );
}
