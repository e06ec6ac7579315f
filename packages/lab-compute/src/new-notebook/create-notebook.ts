import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Choice } from '../model/choice.ts';

export interface NewNotebook {
  /** Where it is made. */
  readonly folder: string;
  readonly choice: Choice;
  readonly kernelDisplayName: string;
}

/** Makes a notebook that says itself what it runs on, and opens it; answers what was opened. */
export async function createNotebook(
  { commands, serviceManager }: JupyterFrontEnd,
  { folder, choice, kernelDisplayName }: NewNotebook,
): Promise<unknown> {
  const { contents } = serviceManager;
  const { path } = await contents.newUntitled({ path: folder, type: 'notebook' });
  const { content } = await contents.get(path, { type: 'notebook', content: true });
  const kernelspec = { name: choice.kernelName, display_name: kernelDisplayName };
  const metadata = { ...content.metadata, kernelspec, instance_type: choice.instanceType };
  // Before it is opened: its kernel starts with that, and reads the file for the instance type.
  await contents.save(path, {
    ...{ type: 'notebook', format: 'json' },
    content: { ...content, metadata },
  });
  const widget: { isUntitled?: boolean } | undefined = await commands.execute('docmanager:open', {
    path,
    ...{ factory: 'Notebook', kernel: { name: choice.kernelName } },
  });
  // As Lab's own command does: the first save asks for a name.
  if (widget !== undefined) widget.isUntitled = true;
  return widget;
}
