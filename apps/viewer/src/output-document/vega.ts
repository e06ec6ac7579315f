import embed, { type VisualizationSpec } from 'vega-embed';
import type { OutputContent } from './content.ts';

type VegaContent = Extract<OutputContent, { kind: 'vega' }>;

export async function showVega(target: HTMLElement, content: VegaContent): Promise<void> {
  const isDark = document.documentElement.dataset.theme === 'dark';
  await embed(target, content.specification as VisualizationSpec, {
    ...(isDark ? { theme: 'dark' } : {}),
    mode: content.mode,
    actions: false,
  });
}
