import { type FormEvent, useId, useState } from 'react';
import { shownName } from '../shown-name.ts';
import { usePanel } from './panel-context.ts';

/** Where the folder is in no repository: clone one, or begin one. */
export function NoRepository() {
  const { model, trans, remotes } = usePanel();
  const [url, setUrl] = useState('');
  const fieldId = useId();
  const folder = shownName(model.folder);
  const clone = (event: FormEvent) => {
    event.preventDefault();
    if (url.trim() === '' || model.task !== null) return;
    void remotes.clone(url.trim(), model.folder);
  };
  return (
    <div className="sr-Git-none">
      <p>
        {folder === ''
          ? trans.__('Your home is no Git repository.')
          : trans.__('The folder %1 is in no Git repository.', folder)}
      </p>
      <form onSubmit={clone}>
        <h3>{trans.__('Clone a repository')}</h3>
        <label htmlFor={fieldId}>{trans.__('URL')}</label>
        <input
          id={fieldId}
          className="jp-mod-styled"
          type="text"
          spellCheck={false}
          autoComplete="off"
          value={url}
          placeholder="https://…"
          onChange={(event) => setUrl(event.target.value)}
        />
        <p className="sr-Git-hint">
          {trans.__(
            'For a repository of this domain, copy its URL from “Repositories” in the console; nothing needs to be typed to sign in.',
          )}
        </p>
        <button
          type="submit"
          className="sr-Git-primary"
          disabled={url.trim() === '' || model.task !== null}
        >
          {trans.__('Clone')}
        </button>
      </form>
      <section>
        <h3>{trans.__('Begin a repository')}</h3>
        <p className="sr-Git-hint">
          {trans.__('Keeps the history of what is in this folder from now on.')}
        </p>
        <button
          type="button"
          className="sr-Git-secondary"
          disabled={model.isBusy}
          onClick={() => void remotes.init()}
        >
          {trans.__('Initialise Here')}
        </button>
      </section>
    </div>
  );
}
