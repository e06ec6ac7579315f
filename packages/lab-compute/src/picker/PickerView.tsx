import type { NotebookCompute } from '../model/notebook-compute.ts';
import { hourlyText } from '../money.ts';
import { useChanges } from '../use-changes.ts';
import type { ViewContext } from '../view-context.ts';
import { briefStateText, stateText } from './state-text.ts';

export interface PickerProps {
  readonly notebook: NotebookCompute;
  readonly context: ViewContext;
  /** What Lab calls the kernel, until the platform has said what there is. */
  readonly kernelDisplayName: () => string;
}

/** At the notebook's top right: what it runs on, what that costs and what is going on. A click changes it. */
export function PickerView({ notebook, context, kernelDisplayName }: PickerProps) {
  useChanges(notebook);
  const { trans } = context;
  const { state } = notebook;
  const said = stateText(state, trans);
  const { name, shortName, type, price } = namesOf(notebook, context, kernelDisplayName);
  const title = [
    [name, type, price].filter((text) => text !== '').join(' · '),
    said,
    trans.__('Change the image, kernel or instance type'),
  ];
  return (
    <>
      <button
        type="button"
        className="sr-Compute-picker"
        data-state={state.kind}
        aria-haspopup="dialog"
        title={title.filter((text) => text !== '').join('\n')}
        onClick={() => context.openPicker(notebook)}
      >
        {shortName !== '' && <span className="sr-Compute-name">{shortName}</span>}
        {type !== '' && (
          <span className="sr-Compute-type">
            {type}
            {price !== '' && <span className="sr-Compute-price">{` · ${price}`}</span>}
          </span>
        )}
        {/* One of the two is there for the eye, and for who listens. */}
        <span className="sr-Compute-state sr-Compute-stateLong" role="status">
          {said}
        </span>
        <span className="sr-Compute-state sr-Compute-stateBrief" role="status">
          {briefStateText(state, trans)}
        </span>
      </button>
      {state.kind === 'queued' && (
        <button
          type="button"
          className="sr-Compute-cancel"
          onClick={() => void notebook.cancelStart(state.appId)}
        >
          {trans.__('Cancel')}
        </button>
      )}
    </>
  );
}

function namesOf(
  { choice, offers, hasKernel, isChanging }: NotebookCompute,
  context: ViewContext,
  kernelDisplayName: () => string,
) {
  const kernelName = choice.kernelName ?? '';
  const found = offers.findKernel(kernelName);
  // Lab's name for none would say twice, and in English, what the state says.
  if (kernelName === '' && !hasKernel) return { name: '', shortName: '', type: '', price: '' };
  const name = isChanging || !hasKernel ? found?.kernel.displayName : kernelDisplayName();
  const image = found === undefined ? '' : found.image.displayName;
  const type = choice.instanceType ?? '';
  const size = offers.findType(type);
  const price =
    size === undefined || offers.prices === null
      ? ''
      : hourlyText(size.pricePerHour, offers.prices, context);
  const fullName = joined(name ?? kernelDisplayName(), image);
  return {
    name: fullName,
    // An image with one kernel is named enough by its own name.
    shortName: found?.image.kernels.length === 1 ? image : fullName,
    ...{ type, price },
  };
}

/** A kernel's name often has its image's in it already. */
function joined(kernel: string, image: string): string {
  return image === '' || kernel.includes(image) ? kernel : `${image} · ${kernel}`;
}
