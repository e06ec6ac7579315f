import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

/** Image, kernel and instance type of a notebook, with what they cost and use. */
export const computePlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-compute:plugin',
  description: 'Image, kernel and instance type of a notebook.',
  autoStart: true,
  activate() {},
};
