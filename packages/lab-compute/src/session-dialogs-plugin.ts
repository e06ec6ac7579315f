import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  type ISessionContext,
  ISessionContextDialogs,
  SessionContextDialogs,
} from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';

/** Opens something else than Lab's list of kernels; false where it does not know of that session. */
type OpenInstead = (session: ISessionContext) => Promise<boolean>;

/**
 * Lab asks this for a kernel: from the Kernel menu, for a notebook that names none, and where one could not
 * be started. A notebook is shown what it can run on; a console has Lab's own list.
 */
export class StudioSessionDialogs extends SessionContextDialogs {
  #openInstead: OpenInstead | undefined;

  set openInstead(open: OpenInstead) {
    this.#openInstead = open;
  }

  override async selectKernel(session: ISessionContext): Promise<void> {
    if ((await this.#openInstead?.(session)) === true) return;
    await super.selectKernel(session);
  }

  async selectFromLabsList(session: ISessionContext): Promise<void> {
    await super.selectKernel(session);
  }
}

/** Takes the place of `@jupyterlab/apputils-extension:sessionDialogs`. */
export const sessionDialogsPlugin: JupyterFrontEndPlugin<ISessionContextDialogs> = {
  id: '@strongroom/lab-compute:session-dialogs',
  description: 'Asks what a notebook runs on.',
  autoStart: true,
  provides: ISessionContextDialogs,
  optional: [ITranslator, ISettingRegistry],
  activate: (
    _app: JupyterFrontEnd,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
  ) =>
    new StudioSessionDialogs({
      ...(translator === null ? {} : { translator }),
      settingRegistry,
    }),
};
