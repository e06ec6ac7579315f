import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import { strongroomIcon } from './icons.ts';
import { IStudioContext, type StudioContext } from './studio-plugin.ts';

/** The id that Lab's Help menu names. */
const aboutCommand = 'help:about';
const noticesUrl = '/static/lab/third-party-notices.txt';

/** Takes the place of `@jupyterlab/help-extension:about`, whose links leave the installation. */
export const aboutPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:about',
  description: 'Says what this is and what it is made of.',
  autoStart: true,
  requires: [IStudioContext],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, { trans }: StudioContext, palette: ICommandPalette | null) => {
    app.commands.addCommand(aboutCommand, {
      label: trans.__('About Strongroom'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        await showDialog({
          title: trans.__('About Strongroom'),
          body: aboutBody(app.version, trans),
          buttons: [Dialog.cancelButton({ label: trans.__('Close') })],
        });
      },
    });
    palette?.addItem({ command: aboutCommand, category: 'Strongroom' });
  },
};

function aboutBody(version: string, trans: StudioContext['trans']): Widget {
  const body = new Widget();
  const row = document.createElement('div');
  row.className = 'sr-About';
  strongroomIcon.element({ container: row });
  const text = document.createElement('div');
  text.className = 'sr-DialogText';
  const name = document.createElement('p');
  name.textContent = trans.__('Strongroom %1, a notebook studio built on JupyterLab.', version);
  const notices = document.createElement('a');
  notices.href = noticesUrl;
  notices.target = '_blank';
  notices.rel = 'noopener';
  notices.textContent = trans.__('Licences of the software in this page');
  text.append(name, notices);
  // The dialog lays its body out as a column; the row is ours.
  row.append(text);
  body.node.append(row);
  return body;
}
