import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IDocumentWidgetOpener } from '@jupyterlab/docmanager';

/**
 * A document whose file could not be read has nothing to save. Without this Lab takes its empty
 * page for a change, asks whether to save it as it closes it, and a Yes overwrites the file.
 */
export const unreadDocumentsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:unread-documents',
  description: 'Never saves over a file that could not be read.',
  autoStart: true,
  requires: [IDocumentWidgetOpener],
  activate: (_app: JupyterFrontEnd, opener: IDocumentWidgetOpener) => {
    opener.opened.connect((_, { context }) => {
      const { model } = context;
      const forget = () => {
        if (!context.isReady && model.dirty) model.dirty = false;
      };
      forget();
      model.stateChanged.connect(forget);
      void context.ready.then(() => model.stateChanged.disconnect(forget));
    });
  },
};
