import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ComputeApi } from './api/compute-api.ts';
import { SessionApi } from './api/session-api.ts';
import { openChoiceDialog } from './dialog/open-choice-dialog.tsx';
import { LabNotebookKernel } from './lab-notebook-kernel.ts';
import { kernelEndMessageType, parseKernelEnd } from './model/kernel-end.ts';
import { NotebookCompute } from './model/notebook-compute.ts';
import type { Offers } from './model/offers.ts';
import type { RunningApps } from './model/running-apps.ts';
import { NoticesWidget } from './notices/notices-widget.tsx';
import { quietLabDialogs } from './quiet-lab-dialogs.ts';
import type { ViewContext } from './view-context.ts';

export interface OpenNotebooksOptions {
  readonly app: JupyterFrontEnd;
  readonly api: ComputeApi;
  readonly offers: Offers;
  readonly apps: RunningApps;
  readonly context: Pick<ViewContext, 'trans' | 'languageTag' | 'failureText'>;
  readonly askToRestart: (session: ISessionContext) => Promise<unknown>;
  /** Lab's own list of kernels, with those that run already. */
  readonly openLabsList: (session: ISessionContext) => void;
}

/** The notebooks that are open, each with what it runs on. */
export class OpenNotebooks {
  readonly context: ViewContext;
  readonly #options: OpenNotebooksOptions;
  readonly #sessionApi: SessionApi;
  readonly #notebooks = new WeakMap<NotebookPanel, NotebookCompute>();
  readonly #panels = new WeakMap<NotebookCompute, NotebookPanel>();

  constructor(options: OpenNotebooksOptions) {
    this.#options = options;
    const { serverSettings: settings, sessions } = options.app.serviceManager;
    this.#sessionApi = new SessionApi({ settings, sessions });
    this.context = {
      ...options.context,
      openPicker: (notebook, preferred) => void this.#open(notebook, preferred),
      askToRestart: (notebook) => {
        const panel = this.#panels.get(notebook);
        if (panel !== undefined) void options.askToRestart(panel.sessionContext);
      },
    };
  }

  of(panel: NotebookPanel): NotebookCompute {
    const known = this.#notebooks.get(panel);
    if (known !== undefined) return known;
    const made = this.#make(panel);
    this.#notebooks.set(panel, made);
    this.#panels.set(made, panel);
    return made;
  }

  /** Resolves when the dialog has gone; false where Lab's own list must be shown instead. */
  async choose(panel: NotebookPanel): Promise<boolean> {
    const { offers } = this.#options;
    await offers.ready();
    if (offers.offered === null) return false;
    const notebook = this.of(panel);
    const isChosen = await this.#open(notebook);
    if (!isChosen && !notebook.hasKernel) notebook.leaveWithoutKernel();
    return true;
  }

  #make(panel: NotebookPanel): NotebookCompute {
    const { app, api, offers, apps } = this.#options;
    const { sessions } = app.serviceManager;
    const kernel = new LabNotebookKernel({ panel, sessionApi: this.#sessionApi, sessions });
    const notebook = new NotebookCompute({ kernel, api, offers, apps });
    quietLabDialogs(panel, (text) => void notebook.tellDeath(text));
    panel.sessionContext.iopubMessage.connect((_sender, { header, content }) => {
      if ((header.msg_type as string) !== kernelEndMessageType) return;
      const end = parseKernelEnd(content);
      if (end !== null) notebook.tellEnd(end);
    });
    panel.contentHeader.addWidget(new NoticesWidget(notebook, this.context));
    panel.disposed.connect(() => notebook.dispose());
    return notebook;
  }

  async #open(
    notebook: NotebookCompute,
    preferred: { readonly instanceType?: string } = {},
  ): Promise<boolean> {
    const { offers, context, openLabsList } = this.#options;
    const session = this.#panels.get(notebook)?.sessionContext;
    return openChoiceDialog(
      {
        ...{ offers, preferred, isNewNotebook: false },
        ...{ now: notebook.choice, hasKernel: notebook.hasKernel },
        // The picker and its notices tell how it goes on: the dialog need not be waited for.
        accept: async (choice) => void notebook.change(choice),
      },
      { ...context, openLabsList: session && (() => openLabsList(session)) },
    );
  }
}
