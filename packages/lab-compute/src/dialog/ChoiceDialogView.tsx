import type { FormEvent } from 'react';
import type { ChoiceDialogModel } from '../model/choice-dialog-model.ts';
import { useChanges } from '../use-changes.ts';
import { ImageCards } from './ImageCards.tsx';
import { KernelField } from './KernelField.tsx';
import { Outcome } from './Outcome.tsx';
import type { ChoiceDialogContext } from './open-choice-dialog.tsx';
import { TypeTable } from './TypeTable.tsx';

export interface ChoiceDialogProps {
  readonly model: ChoiceDialogModel;
  readonly context: ChoiceDialogContext;
  readonly close: () => void;
  /** It is chosen and done. */
  readonly onDone: () => void;
}

export function ChoiceDialogView({ model, context, close, onDone }: ChoiceDialogProps) {
  useChanges(model);
  const { trans, failureText } = context;
  const { offered, error } = model;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.accept().then((isDone) => {
      if (isDone) onDone();
    });
  };
  return (
    <form onSubmit={submit}>
      <h2 id="strongroom-choice-title">
        {model.options.isNewNotebook
          ? trans.__('New Notebook')
          : trans.__('Change Image, Kernel or Size')}
      </h2>
      <div className="sr-Choice-fields">
        {offered === null && error === undefined && (
          <p className="sr-ComputeDialog-hint" role="status">
            {trans.__('Asking what there is …')}
          </p>
        )}
        {offered !== null && (
          <>
            <ImageCards {...{ model, offered, context }} />
            <KernelField {...{ model, context }} />
            <TypeTable {...{ model, offered, context }} />
          </>
        )}
        {offered !== null && model.choice === null && (
          <p role="alert">
            {trans.__('There is no image that you may use now. Ask an administrator.')}
          </p>
        )}
      </div>
      {error !== undefined && (
        <p className="sr-ComputeDialog-failure" role="alert">
          {failureText(error)}
        </p>
      )}
      <Outcome {...{ model, context }} />
      <Buttons {...{ model, context, close }} />
    </form>
  );
}

function Buttons({ model, context, close }: Omit<ChoiceDialogProps, 'onDone'>) {
  const { trans, openLabsList } = context;
  const { isNewNotebook, hasKernel } = model.options;
  const acceptLabel = isNewNotebook
    ? trans.__('Create')
    : hasKernel
      ? trans.__('Change')
      : trans.__('Start');
  return (
    <footer>
      {openLabsList !== undefined && (
        <button
          type="button"
          className="sr-ComputeDialog-link"
          onClick={() => {
            close();
            openLabsList();
          }}
        >
          {trans.__('Use a kernel that runs already…')}
        </button>
      )}
      {model.offered === null && model.error !== undefined && (
        <button type="button" className="jp-mod-styled" onClick={() => void model.open()}>
          {trans.__('Try Again')}
        </button>
      )}
      <button type="button" className="jp-mod-styled" disabled={model.isWorking} onClick={close}>
        {trans.__('Cancel')}
      </button>
      <button type="submit" className="jp-mod-styled jp-mod-accept" disabled={!model.canAccept}>
        {acceptLabel}
      </button>
    </footer>
  );
}
