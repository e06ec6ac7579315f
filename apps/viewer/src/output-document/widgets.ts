import { HTMLManager } from '@jupyter-widgets/html-manager/lib/htmlmanager';
import type { OutputContent } from './content.ts';

type WidgetContent = Extract<OutputContent, { kind: 'widget' }>;

/** Widgets as they were when the notebook was saved; there is no kernel that they could speak to. */
export async function showWidget(target: HTMLElement, content: WidgetContent): Promise<void> {
  const manager = new HTMLManager({
    loader: async (name: string) => {
      throw new Error(`${name}: this widget's program is not part of the viewer`);
    },
  });
  type State = Parameters<typeof manager.set_state>[0];
  await manager.set_state(content.state as State);
  const model = await manager.get_model(content.modelId);
  await manager.display_view(await manager.create_view(model), target);
}

/** The build writes into the page where they lie. Resolves when they are there, or cannot be. */
export function loadStyles(): Promise<void> {
  const named = document.querySelector<HTMLMetaElement>('meta[name="later-styles"]');
  if (named === null) return Promise.resolve();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.crossOrigin = 'anonymous';
  link.href = named.content;
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve());
    document.head.append(link);
  });
}
