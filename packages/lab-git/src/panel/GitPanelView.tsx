import { HistoryTab } from '../history/HistoryTab.tsx';
import { BranchList } from './BranchList.tsx';
import { ChangesTab } from './ChangesTab.tsx';
import { FailureBox } from './FailureBox.tsx';
import { MergeBanner } from './MergeBanner.tsx';
import { NoRepository } from './NoRepository.tsx';
import { type PanelContext, PanelProvider, usePanel } from './panel-context.ts';
import { RepositoryHeader } from './RepositoryHeader.tsx';
import { StashTab } from './StashTab.tsx';
import { TabBar } from './TabBar.tsx';
import { TaskProgress } from './TaskProgress.tsx';
import { useChanges } from './use-changes.ts';

export function GitPanelView({ context }: { readonly context: PanelContext }) {
  return (
    <PanelProvider value={context}>
      <Panel />
    </PanelProvider>
  );
}

function Panel() {
  const { model, state, trans } = usePanel();
  useChanges(model);
  useChanges(state);
  const { phase } = model;
  return (
    <div className="sr-Git-content" aria-busy={model.isBusy}>
      {(phase !== 'none' || model.roots.length > 0) && <RepositoryHeader />}
      <TaskProgress />
      <FailureBox />
      {phase === 'looking' && <p className="sr-Git-hint">{trans.__('Loading …')}</p>}
      {phase === 'none' && <NoRepository />}
      {phase === 'ready' && <MergeBanner />}
      {phase === 'ready' && state.showsBranches && <BranchList />}
      {phase === 'ready' && !state.showsBranches && <Tabs />}
    </div>
  );
}

function Tabs() {
  const { state } = usePanel();
  return (
    <>
      <TabBar />
      <div
        className="sr-Git-tabPanel"
        role="tabpanel"
        id="sr-git-tabpanel"
        aria-labelledby={`sr-git-tab-${state.tab}`}
      >
        {state.tab === 'changes' && <ChangesTab />}
        {state.tab === 'history' && <HistoryTab />}
        {state.tab === 'stashes' && <StashTab />}
      </div>
    </>
  );
}
