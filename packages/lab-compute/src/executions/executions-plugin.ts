import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';
import { NotebookExecutions } from './notebook-executions.ts';

/** A cell that ran while its page was closed shows all of it in the page that opens the notebook. */
export const executionsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-compute:executions',
  description: 'Outputs of cells that ran while no page was open.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (app: JupyterFrontEnd, tracker: INotebookTracker) => {
    const { serverSettings } = app.serviceManager;
    const ask = async (kernelId: string, sessionId: string): Promise<void> => {
      const response = await ServerConnection.makeRequest(
        `${serverSettings.baseUrl}api/strongroom/executions`,
        {
          method: 'POST',
          body: JSON.stringify({ kernel_id: kernelId, session_id: sessionId }),
        },
        serverSettings,
      );
      if (!response.ok) throw new ServerConnection.ResponseError(response);
    };
    tracker.widgetAdded.connect((_tracker, panel) => {
      new NotebookExecutions(panel, ask);
    });
  },
};
