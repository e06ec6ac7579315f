import { lazy } from 'react';
import { ChoiceDialogModel, type ChoiceDialogOptions } from '../model/choice-dialog-model.ts';
import type { ViewContext } from '../view-context.ts';
import { openDialog } from './open-dialog.tsx';

// What the dialog shows is not part of Lab's first page.
const ChoiceDialogView = lazy(async () => {
  const { ChoiceDialogView: view } = await import('./ChoiceDialogView.tsx');
  return { default: view };
});

export interface ChoiceDialogContext
  extends Pick<ViewContext, 'trans' | 'languageTag' | 'failureText'> {
  /** Lab's own list, with kernels that run already; undefined where there is no kernel to attach. */
  readonly openLabsList: (() => void) | undefined;
}

/** Resolves when it has gone: true where something was chosen. */
export function openChoiceDialog(
  options: ChoiceDialogOptions,
  context: ChoiceDialogContext,
): Promise<boolean> {
  const model = new ChoiceDialogModel(options);
  let isDone = false;
  return new Promise((resolve) => {
    openDialog({
      className: 'sr-Choice',
      titleId: 'strongroom-choice-title',
      isWorking: () => model.isWorking,
      onClose: () => {
        model.close();
        resolve(isDone);
      },
      view: (close) => (
        <ChoiceDialogView
          {...{ model, context, close }}
          onDone={() => {
            isDone = true;
            close();
          }}
        />
      ),
    });
    void model.open();
  });
}
