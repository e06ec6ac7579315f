import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Widget } from '@lumino/widgets';
import { describeEgress, parseEgress } from './egress-text.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

const pollMilliseconds = 10_000;

/** A status bar item: what the studio reaches outside now. A click leads to where one asks for more. */
export const egressPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:egress',
  description: 'Shows what the studio reaches outside.',
  autoStart: true,
  requires: [IStatusBar, IStudioContext],
  activate: (_app: JupyterFrontEnd, statusBar: IStatusBar, context: StudioContext) => {
    const { monitor, trans } = context;
    const item = document.createElement('button');
    item.type = 'button';
    item.className = 'sr-StudioItem sr-EgressItem sr-givesWay';
    item.addEventListener('click', () => void context.openConsole('/internet-access'));
    const widget = new Widget();
    widget.node.append(item);
    statusBar.registerStatusItem(egressPlugin.id, {
      ...{ item: widget, align: 'right', rank: 0 },
      isActive: () => item.textContent !== '',
    });

    async function show(): Promise<void> {
      if (document.hidden || monitor.connection.state !== 'Connected') return;
      const now = await ask();
      if (now === null) return;
      const said = describeEgress(now, trans);
      item.textContent = said.label;
      item.setAttribute('aria-label', said.label);
      item.title = said.title;
      widget.update();
    }
    const refresh = () => void show();
    setInterval(refresh, pollMilliseconds);
    document.addEventListener('visibilitychange', refresh);
    void context.studio.then(refresh);
  },
};

async function ask() {
  try {
    const response = await fetch('/strongroom/api/egress', { credentials: 'same-origin' });
    return response.ok ? parseEgress(await response.json()) : null;
  } catch {
    return null;
  }
}
