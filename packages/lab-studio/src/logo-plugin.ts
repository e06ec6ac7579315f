import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';
import { consoleLink } from './console-link.ts';
import { strongroomIcon } from './icons.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

/** Takes the place of `@jupyterlab/application-extension:logo`: ours, and a link to the console. */
export const logoPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:logo',
  description: 'Shows the logo, which opens the console.',
  autoStart: true,
  requires: [ILabShell, IStudioContext],
  activate: (_app: JupyterFrontEnd, shell: ILabShell, { trans, studio }: StudioContext) => {
    const link = document.createElement('a');
    link.className = 'sr-Logo';
    link.target = '_blank';
    link.rel = 'noopener';
    link.title = trans.__('Open the Strongroom console in a new tab');
    link.setAttribute('aria-label', link.title);
    strongroomIcon.element({ container: link });
    void studio.then((answer) => {
      const href = consoleLink(answer);
      if (href !== null) link.href = href;
    });
    const widget = new Widget();
    // The id that Lab's stylesheet and layout know.
    widget.id = 'jp-MainLogo';
    widget.node.append(link);
    shell.add(widget, 'top', { rank: 0 });
  },
};
