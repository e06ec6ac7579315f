import type { KeyboardEvent } from 'react';
import { groupKinds } from '../model/changed-file.ts';
import { usePanel } from './panel-context.ts';
import { type PanelTab, panelTabs } from './panel-state.ts';

/** Tabs with one tab stop (ARIA, "Tabs pattern"). */
export function TabBar() {
  const { state, model, trans } = usePanel();
  const changedCount = new Set(
    groupKinds.flatMap((kind) => model.groups[kind].map(({ path }) => path)),
  ).size;
  const labels: Readonly<Record<PanelTab, string>> = {
    changes: trans.__('Changes'),
    history: trans.__('History'),
    stashes: trans.__('Stashes'),
  };
  const counts: Readonly<Record<PanelTab, number>> = {
    ...{ changes: changedCount, history: 0, stashes: model.status?.stashCount ?? 0 },
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const index = (panelTabs.indexOf(state.tab) + step + panelTabs.length) % panelTabs.length;
    const next = panelTabs[index];
    if (next === undefined) return;
    state.open(next);
    event.currentTarget.querySelector<HTMLElement>(`#sr-git-tab-${next}`)?.focus();
  };
  return (
    <div
      className="sr-Git-tabs"
      role="tablist"
      aria-label={trans.__('Parts of the Git panel')}
      onKeyDown={onKeyDown}
    >
      {panelTabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`sr-git-tab-${tab}`}
          aria-selected={tab === state.tab}
          aria-controls="sr-git-tabpanel"
          tabIndex={tab === state.tab ? 0 : -1}
          onClick={() => state.open(tab)}
        >
          {labels[tab]}
          {counts[tab] > 0 && <span className="sr-Git-count">{counts[tab]}</span>}
        </button>
      ))}
    </div>
  );
}
