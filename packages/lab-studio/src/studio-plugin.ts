import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, type TranslationBundle } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';
import type { Studio } from '@strongroom/contracts';
import type { ConnectionMonitor } from './connection-monitor.ts';
import { IConnectionMonitor } from './connection-plugins.ts';
import { consoleLink } from './console-link.ts';

/** What our plugins share: whose studio this is, and our texts in that person's language. */
export interface StudioContext {
  readonly monitor: ConnectionMonitor;
  readonly trans: TranslationBundle;
  /** Resolves once the control plane has answered; never rejects. */
  readonly studio: Promise<Studio | null>;
  /** Opens a page of the console in a tab of its own. */
  openConsole(path?: string): Promise<void>;
}

export const IStudioContext = new Token<StudioContext>(
  '@strongroom/lab-studio:IStudioContext',
  'Whose studio this is.',
);

export const studioPlugin: JupyterFrontEndPlugin<StudioContext> = {
  id: '@strongroom/lab-studio:studio',
  description: 'Tells whose studio this is.',
  autoStart: true,
  provides: IStudioContext,
  requires: [IConnectionMonitor, ITranslator],
  activate: (_app: JupyterFrontEnd, monitor: ConnectionMonitor, translator: ITranslator) => {
    const studio = askStudio(monitor);
    return {
      monitor,
      trans: translator.load('strongroom'),
      studio,
      async openConsole(path = '') {
        const link = consoleLink(await studio, path);
        if (link !== null) window.open(link, '_blank', 'noopener');
      },
    };
  },
};

async function askStudio(monitor: ConnectionMonitor): Promise<Studio | null> {
  if (monitor.studio === null) await monitor.probe();
  return monitor.studio;
}
