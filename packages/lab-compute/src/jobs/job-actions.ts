import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { Job, JobSchedule } from '@strongroom/contracts';
import type { Texts } from '../texts.ts';
import type { JobsModel } from './jobs-model.ts';

export interface JobActionsOptions {
  readonly app: JupyterFrontEnd;
  readonly model: JobsModel;
  readonly trans: Texts;
}

/** What a person does with a job or a schedule that is there. */
export class JobActions {
  readonly #options: JobActionsOptions;

  constructor(options: JobActionsOptions) {
    this.#options = options;
  }

  async cancel({ jobId, definition }: Job): Promise<void> {
    const { model, trans } = this.#options;
    const isMeant = await this.#confirm({
      title: trans.__('Cancel “%1”?', definition.name),
      body: trans.__('Its kernel is ended. What its cells wrote until now is kept.'),
      label: trans.__('Cancel the Job'),
    });
    if (isMeant) await model.cancel(jobId);
  }

  async removeSchedule({ scheduleId, definition }: JobSchedule): Promise<void> {
    const { model, trans } = this.#options;
    const isMeant = await this.#confirm({
      title: trans.__('Delete the schedule of “%1”?', definition.name),
      body: trans.__('It is not run again. Jobs that it has made, and their outputs, stay.'),
      label: trans.__('Delete the Schedule'),
    });
    if (isMeant) await model.removeSchedule(scheduleId);
  }

  /** An output in the home is opened; of one in a bucket the place is said. */
  async openOutput({ outputLocation }: Job): Promise<void> {
    const { app, trans } = this.#options;
    if (outputLocation === null) return;
    if (outputLocation.startsWith('s3://')) {
      Notification.info(
        trans.__('The output is at %1. The panel of the buckets opens it.', outputLocation),
      );
      return;
    }
    await app.commands.execute('docmanager:open', { path: outputLocation });
  }

  async openNotebook({ notebookPath }: Job['definition']): Promise<void> {
    await this.#options.app.commands.execute('docmanager:open', { path: notebookPath });
  }

  async #confirm(asked: { title: string; body: string; label: string }): Promise<boolean> {
    const { trans } = this.#options;
    const { button } = await showDialog({
      ...{ title: asked.title, body: asked.body, defaultButton: 0 },
      buttons: [
        Dialog.cancelButton({ label: trans.__('Close') }),
        Dialog.warnButton({ label: asked.label }),
      ],
    });
    return button.accept;
  }
}
