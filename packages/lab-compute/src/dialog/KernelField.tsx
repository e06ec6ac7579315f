import { kernelText } from '../kernel-text.ts';
import type { ChoiceDialogModel } from '../model/choice-dialog-model.ts';
import type { ChoiceDialogContext } from './open-choice-dialog.tsx';

/** Only where the image offers more than one. */
export function KernelField({
  model,
  context: { trans },
}: {
  readonly model: ChoiceDialogModel;
  readonly context: ChoiceDialogContext;
}) {
  const { image } = model;
  if (image === null || image === undefined || image.kernels.length < 2) return null;
  return (
    <fieldset>
      <legend>{trans.__('Kernel')}</legend>
      <div className="sr-Choice-kernels">
        {image.kernels.map(({ name, displayName }) => (
          <label key={name}>
            <input
              type="radio"
              name="strongroom-kernel"
              checked={model.choice?.kernelName === name}
              disabled={model.isWorking}
              onChange={() => model.chooseKernel(name)}
            />
            {kernelText(image, displayName)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
