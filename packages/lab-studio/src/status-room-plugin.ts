import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { MenuSvg } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { findRoom, type Room } from './status-room.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

const itemCommand = 'strongroom:status-item';
/** On a button that may give way; its `aria-label` says all that it would say. */
const givingWay = '.sr-givesWay';

/** Our status bar items give way to Lab's own where the window is narrow; a menu has what is left out. */
export const statusRoomPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:status-room',
  description: 'Keeps Lab’s own status bar items in sight where the window is narrow.',
  autoStart: true,
  requires: [IStatusBar, IStudioContext],
  activate: (app: JupyterFrontEnd, statusBar: IStatusBar, { trans }: StudioContext) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sr-StatusMore';
    button.textContent = '⋯';
    button.title = trans.__('More of the status bar');
    button.setAttribute('aria-label', button.title);
    button.setAttribute('aria-haspopup', 'menu');
    const widget = new Widget();
    widget.node.append(button);
    statusBar.registerStatusItem(statusRoomPlugin.id, {
      ...{ item: widget, align: 'right', rank: 0.5 },
    });
    app.commands.addCommand(itemCommand, {
      label: ({ label }) => String(label),
      describedBy: { args: { type: 'object', properties: { label: { type: 'string' } } } },
      execute: ({ label }) => hiddenIn(barOf(widget)).get(String(label))?.click(),
    });
    button.addEventListener('click', () => {
      const menu = new MenuSvg({ commands: app.commands });
      for (const label of hiddenIn(barOf(widget)).keys()) {
        menu.addItem({ command: itemCommand, args: { label } });
      }
      const { left, top } = button.getBoundingClientRect();
      menu.open(left, top);
    });
    void app.restored.then(() => keepFitting(barOf(widget)));
  },
};

function barOf(widget: Widget): HTMLElement | null {
  return widget.node.closest('.jp-StatusBar-Widget');
}

/** What gave way, by all that it would say. */
function hiddenIn(bar: HTMLElement | null): Map<string, HTMLButtonElement> {
  const all = bar?.querySelectorAll<HTMLButtonElement>(givingWay) ?? [];
  return new Map(
    [...all]
      .filter((button) => button.textContent !== '' && button.offsetParent === null)
      .map((button) => [button.getAttribute('aria-label') ?? '', button]),
  );
}

function keepFitting(bar: HTMLElement | null): void {
  if (bar === null) return;
  const fits = (room: Room) => {
    bar.dataset.srRoom = room;
    return bar.scrollWidth <= bar.clientWidth;
  };
  let isAwaited = false;
  const observer = new ResizeObserver(() => {
    if (isAwaited) return;
    isAwaited = true;
    // Within the observer's own turn the browser would complain of a loop.
    requestAnimationFrame(() => {
      isAwaited = false;
      findRoom(fits);
    });
  });
  for (const element of [bar, ...bar.children]) observer.observe(element);
}
