import { refreshIcon } from '@jupyterlab/ui-components';
import type { KeyboardEvent } from 'react';
import type { SharesList } from '../model/shares-model.ts';
import { useChanges } from '../use-changes.ts';
import { IconButton } from './IconButton.tsx';
import { type PanelContext, PanelProvider, usePanel } from './panel-context.ts';
import { ShareRow } from './ShareRow.tsx';

export function SharesView({ context }: { readonly context: PanelContext }) {
  return (
    <PanelProvider value={context}>
      <Panel />
    </PanelProvider>
  );
}

const lists: readonly SharesList[] = ['mine', 'with-me'];

function Panel() {
  const { model, trans, failureText } = usePanel();
  useChanges(model);
  const { shown } = model;
  const { shares, isLoading, error } = model.list(shown);
  return (
    <>
      <header>
        <div role="tablist" aria-label={trans.__('Shares')} onKeyDown={(event) => onArrow(event)}>
          {lists.map((name) => (
            <button
              type="button"
              role="tab"
              key={name}
              id={`strongroom-shares-tab-${name}`}
              aria-selected={shown === name}
              aria-controls="strongroom-shares-list"
              tabIndex={shown === name ? 0 : -1}
              onClick={() => void model.show(name)}
            >
              {name === 'mine' ? trans.__('Shared by Me') : trans.__('Shared with Me')}
            </button>
          ))}
        </div>
        <IconButton
          icon={refreshIcon}
          label={trans.__('Refresh')}
          onClick={() => void model.refresh()}
        />
      </header>
      <div
        id="strongroom-shares-list"
        role="tabpanel"
        aria-labelledby={`strongroom-shares-tab-${shown}`}
        aria-busy={isLoading}
      >
        {error !== undefined && (
          <p className="sr-Share-failure" role="alert">
            {failureText(error)}
          </p>
        )}
        {shares === null && error === undefined && (
          <p className="sr-Share-hint">{trans.__('Loading …')}</p>
        )}
        {shares?.length === 0 && error === undefined && (
          <p className="sr-Share-hint" role="status">
            {shown === 'mine'
              ? trans.__(
                  'You have not shared a notebook yet. Open one and click Share on its toolbar.',
                )
              : trans.__('Nobody has shared a notebook with you yet.')}
          </p>
        )}
        <ul>
          {shares?.map((share) => (
            <ShareRow key={share.shareId} share={share} list={shown} />
          ))}
        </ul>
      </div>
    </>
  );

  /** The other one of two tabs (ARIA, "Tabs pattern"). */
  function onArrow(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = shown === 'mine' ? 'with-me' : 'mine';
    void model.show(other);
    document.getElementById(`strongroom-shares-tab-${other}`)?.focus();
  }
}
