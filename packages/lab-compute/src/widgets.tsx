import type { NotebookPanel } from '@jupyterlab/notebook';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { NotebookCompute } from './model/notebook-compute.ts';
import { PickerView } from './picker/PickerView.tsx';
import { UseView } from './use/UseView.tsx';
import type { ViewContext } from './view-context.ts';

export function makePicker(
  panel: NotebookPanel,
  notebook: NotebookCompute,
  context: ViewContext,
): ReactWidget {
  const kernelDisplayName = () => panel.sessionContext.kernelDisplayName;
  const widget = ReactWidget.create(<PickerView {...{ notebook, context, kernelDisplayName }} />);
  widget.addClass('sr-Compute');
  return widget;
}

export function makeUse(notebook: NotebookCompute, context: ViewContext): ReactWidget {
  const widget = ReactWidget.create(<UseView {...{ notebook, context }} />);
  widget.addClass('sr-Compute-use');
  return widget;
}
