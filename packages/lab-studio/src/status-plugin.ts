import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Widget } from '@lumino/widgets';
import type { Studio } from '@strongroom/contracts';
import { showConnectionCommand } from './connection-dialog-plugin.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

/** A status bar item: whose studio this is and, when it is gone, that it is. */
export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:status',
  description: 'Shows whose studio this is.',
  autoStart: true,
  requires: [IStatusBar, IStudioContext],
  activate: ({ commands }: JupyterFrontEnd, statusBar: IStatusBar, context: StudioContext) => {
    const item = document.createElement('button');
    item.type = 'button';
    item.className = 'sr-StudioItem';
    item.addEventListener('click', () => {
      if (context.monitor.connection.state !== 'Connected') {
        void commands.execute(showConnectionCommand);
      }
    });
    const widget = new Widget();
    widget.node.append(item);
    statusBar.registerStatusItem(statusPlugin.id, { item: widget, align: 'left', rank: -1 });
    function show(): void {
      describe(item, context);
    }
    context.monitor.onChange(show);
    void context.studio.then(show);
  },
};

function describe(item: HTMLButtonElement, { monitor, trans }: StudioContext): void {
  const { studio, connection } = monitor;
  const connected = connection.state === 'Connected';
  item.dataset.connected = String(connected);
  const said = connected ? ownerText(studio, trans) : trans.__('Not connected');
  item.setAttribute('aria-label', said);
  item.replaceChildren(spanOf('long', said));
  // Where the bar is narrow the name is enough, and the dot; that it is gone is always said.
  if (connected && studio !== null) item.append(spanOf('brief', studio.profileName));
  item.title = connected
    ? ownerTitle(studio, trans)
    : trans.__('Show why the studio is not connected');
}

function spanOf(form: 'long' | 'brief', text: string): HTMLElement {
  const span = document.createElement('span');
  span.className = `sr-StudioItem-${form}`;
  span.textContent = text;
  return span;
}

function ownerText(studio: Studio | null, trans: StudioContext['trans']): string {
  return studio === null ? '' : trans.__("%1's studio", studio.profileName);
}

function ownerTitle(studio: Studio | null, trans: StudioContext['trans']): string {
  if (studio === null) return '';
  return [
    trans.__('Owner: %1 (%2)', studio.displayName, studio.profileName),
    trans.__('Domain: %1', studio.domainName),
  ].join('\n');
}
