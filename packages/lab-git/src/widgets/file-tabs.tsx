import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/ui-components';
import { lazy, Suspense } from 'react';
import type { LabHands } from '../actions/action-context.ts';
import type { DiffSource } from '../diff/diff-source.ts';
import { gitIcon, mergeIcon } from '../icons.ts';
import type { ChangedFile } from '../model/changed-file.ts';
import type { GitModel } from '../model/git-model.ts';
import { homePath, lastName } from '../model/paths.ts';
import type { PanelContext } from '../panel/panel-context.ts';
import { shownName } from '../shown-name.ts';
import type { Texts } from '../texts.ts';
import { openTab } from './open-tab.ts';

const DiffView = lazy(async () => {
  const { DiffView: view } = await import('../diff/DiffView.tsx');
  return { default: view };
});
const ConflictView = lazy(async () => {
  const { ConflictView: view } = await import('../conflict/ConflictView.tsx');
  return { default: view };
});

export interface FileTabsOptions {
  readonly app: JupyterFrontEnd;
  readonly model: GitModel;
  readonly trans: Texts;
  readonly lab: LabHands;
}

/** The tabs of the main area in which a file's differences are shown and its conflict resolved. */
export function fileTabs(
  options: FileTabsOptions,
): Pick<PanelContext, 'openChanges' | 'openCommitted'> {
  const { model } = options;
  const openDiffOf = (file: string, of: DiffSource['of']) => {
    if (model.root !== null) openDiff(options, { repository: model.root, file, of });
  };
  return {
    openChanges(file: ChangedFile) {
      if (model.root === null) return;
      if (file.group === 'conflicted') openConflict(options, model.root, file.path);
      else openDiffOf(file.path, file.group === 'staged' ? 'staged' : 'working-tree');
    },
    openCommitted: openDiffOf,
  };
}

function openDiff({ app, model, trans, lab }: FileTabsOptions, source: DiffSource): void {
  const { repository, file, of } = source;
  openTab(app, {
    id: `sr-git-diff:${of}:${homePath(repository, file)}`,
    label: trans.__('%1 (changes)', shownName(lastName(file))),
    caption: shownName(homePath(repository, file)),
    icon: gitIcon,
    content: () =>
      tabContent(
        <DiffView
          {...{ source, model, trans }}
          openFile={() => lab.openFile(homePath(repository, file))}
        />,
      ),
  });
}

function openConflict(options: FileTabsOptions, repository: string, file: string): void {
  const { app, model, trans, lab } = options;
  const tab = openTab(app, {
    id: `sr-git-conflict:${homePath(repository, file)}`,
    label: trans.__('%1 (conflict)', shownName(lastName(file))),
    caption: shownName(homePath(repository, file)),
    icon: mergeIcon,
    content: () =>
      tabContent(
        <ConflictView
          {...{ repository, file, model, trans }}
          onOver={() => {
            tab.dispose();
            void lab.reloadDocuments();
          }}
        />,
      ),
  });
}

function tabContent(view: React.ReactElement): ReactWidget {
  const content = ReactWidget.create(<Suspense fallback={null}>{view}</Suspense>);
  content.addClass('sr-GitTab');
  return content;
}
