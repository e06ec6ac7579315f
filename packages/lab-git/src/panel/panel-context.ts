import type { LabIcon } from '@jupyterlab/ui-components';
import { createContext, useContext } from 'react';
import type { BranchActions } from '../actions/branch-actions.ts';
import type { CommitActions, CommitDraft } from '../actions/commit-actions.ts';
import type { FileActions } from '../actions/file-actions.ts';
import type { RemoteActions } from '../actions/remote-actions.ts';
import type { StashActions } from '../actions/stash-actions.ts';
import type { ChangedFile } from '../model/changed-file.ts';
import type { GitModel } from '../model/git-model.ts';
import type { HistoryModel } from '../model/history-model.ts';
import type { Texts } from '../texts.ts';
import type { PanelState } from './panel-state.ts';

/** What the parts of the panel share. */
export interface PanelContext {
  readonly model: GitModel;
  readonly history: HistoryModel;
  readonly state: PanelState;
  readonly trans: Texts;
  readonly languageTag: string;
  readonly files: FileActions;
  readonly commits: CommitActions;
  readonly branches: BranchActions;
  readonly remotes: RemoteActions;
  readonly stashes: StashActions;
  /** By repository; kept while another tab is shown. */
  readonly drafts: Map<string, CommitDraft>;
  iconOf(path: string): LabIcon;
  /** Its differences, or the resolution of its conflict. */
  openChanges(file: ChangedFile): void;
  openCommitted(path: string, commitId: string): void;
  showFolder(root: string): void;
}

const Context = createContext<PanelContext | null>(null);

export const PanelProvider = Context.Provider;

export function usePanel(): PanelContext {
  const context = useContext(Context);
  if (context === null) throw new Error('Cannot show a part of the panel: it is outside of it');
  return context;
}
