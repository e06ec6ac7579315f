import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';

export interface TabOptions {
  readonly id: string;
  readonly label: string;
  readonly caption: string;
  readonly icon: LabIcon;
  readonly content: () => Widget;
}

/** A tab of the main area, or the one that is open already. */
export function openTab({ shell }: JupyterFrontEnd, options: TabOptions): MainAreaWidget {
  const open = [...shell.widgets('main')].find(({ id }) => id === options.id);
  const tab = (open as MainAreaWidget | undefined) ?? makeTab(options);
  if (open === undefined) shell.add(tab, 'main');
  shell.activateById(tab.id);
  return tab;
}

function makeTab({ id, label, caption, icon, content }: TabOptions): MainAreaWidget {
  const tab = new MainAreaWidget({ content: content() });
  tab.id = id;
  Object.assign(tab.title, { label, caption, icon, closable: true });
  return tab;
}
