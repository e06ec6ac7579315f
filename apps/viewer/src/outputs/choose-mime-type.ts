import { isRecord } from '../notebook/json-values.ts';
import type { MimeBundle } from '../notebook/notebook.ts';

/** How an output is shown. `frame`: as code of its own, apart from everything else. */
export type Presentation =
  | { readonly kind: 'widget'; readonly modelId: string }
  | { readonly kind: 'vega'; readonly type: string }
  | { readonly kind: 'html' | 'markdown' | 'latex' | 'image' | 'javascript'; readonly type: string }
  | { readonly kind: 'json' | 'text'; readonly type: string }
  | { readonly kind: 'nothing'; readonly types: readonly string[] };

const vega = /^application\/vnd\.vega(?:lite)?\.v\d+(?:\.\d+)*\+json$/;
const image = /^image\/(?:png|jpeg|gif|webp|bmp|avif|svg\+xml)$/;

/** By JupyterLab's order of preference (rendermime's ranks). */
export function choosePresentation(
  data: MimeBundle,
  hasWidget: (id: string) => boolean,
): Presentation {
  const types = Object.keys(data);
  const widgetView = data['application/vnd.jupyter.widget-view+json'];
  if (isRecord(widgetView) && typeof widgetView.model_id === 'string') {
    const modelId = widgetView.model_id;
    if (hasWidget(modelId)) return { kind: 'widget', modelId };
  }
  const vegaType = types.find((type) => vega.test(type));
  if (vegaType !== undefined) return { kind: 'vega', type: vegaType };
  for (const [type, kind] of [
    ['text/html', 'html'],
    ['text/markdown', 'markdown'],
    ['text/latex', 'latex'],
  ] as const) {
    if (types.includes(type)) return { kind, type };
  }
  const imageType = types.includes('image/svg+xml')
    ? 'image/svg+xml'
    : types.find((type) => image.test(type));
  if (imageType !== undefined) return { kind: 'image', type: imageType };
  const script = ['application/javascript', 'text/javascript'].find((type) => types.includes(type));
  if (script !== undefined) return { kind: 'javascript', type: script };
  if (types.includes('application/json')) return { kind: 'json', type: 'application/json' };
  if (types.includes('text/plain')) return { kind: 'text', type: 'text/plain' };
  const otherJson = types.find(
    (type) => type.endsWith('+json') && type !== 'application/vnd.jupyter.widget-view+json',
  );
  if (otherJson !== undefined) return { kind: 'json', type: otherJson };
  return { kind: 'nothing', types };
}
