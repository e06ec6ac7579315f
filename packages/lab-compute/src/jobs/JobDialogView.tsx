import type { FormEvent } from 'react';
import { useChanges } from '../use-changes.ts';
import { ComputeFields } from './ComputeFields.tsx';
import type { JobDialogModel } from './job-dialog-model.ts';
import { OutputFields } from './OutputFields.tsx';
import type { JobViewContext } from './open-job-dialog.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { ScheduleFields } from './ScheduleFields.tsx';

export interface JobFieldsProps {
  readonly model: JobDialogModel;
  readonly context: JobViewContext;
}

export interface JobDialogProps extends JobFieldsProps {
  readonly close: () => void;
  readonly onStarted: () => void;
}

export function JobDialogView({ model, context, close, onStarted }: JobDialogProps) {
  useChanges(model);
  const { trans, failureText } = context;
  const { form, error } = model;
  const isScheduled = form.rhythm.kind !== 'once';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.start().then((isStarted) => {
      if (isStarted) onStarted();
    });
  };
  return (
    <form onSubmit={submit}>
      <h2 id="strongroom-job-title">
        {trans.__('Run “%1” as a Job', model.options.notebookPath.replace(/^.*\//, ''))}
      </h2>
      <div className="sr-Choice-fields">
        <p className="sr-ComputeDialog-hint">
          {trans.__(
            'A copy of the notebook runs from its first cell to its last on a kernel of its own; this notebook and its kernel stay as they are. You may close the page.',
          )}
        </p>
        <label className="sr-Job-field">
          {trans.__('Name')}
          <input
            className="jp-mod-styled"
            required
            maxLength={100}
            value={form.name}
            onChange={({ target }) => model.change({ name: target.value })}
          />
        </label>
        <ParameterFields {...{ model, context }} />
        <ComputeFields {...{ model, context }} />
        <OutputFields {...{ model, context }} />
        <ScheduleFields {...{ model, context }} />
      </div>
      {error !== undefined && (
        <p className="sr-ComputeDialog-failure" role="alert">
          {failureText(error)}
        </p>
      )}
      <footer>
        <button type="button" className="jp-mod-styled" disabled={model.isWorking} onClick={close}>
          {trans.__('Cancel')}
        </button>
        <button type="submit" className="jp-mod-styled jp-mod-accept" disabled={!model.canStart}>
          {isScheduled ? trans.__('Schedule') : trans.__('Run Now')}
        </button>
      </footer>
    </form>
  );
}
