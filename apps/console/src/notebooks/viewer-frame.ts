/**
 * The viewer's own headers say the same, so that its origin is opaque wherever it is opened: modals are
 * for printing, popups for links; outputs have frames of their own within, without either.
 */
const sandbox = 'allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox';

/** The frame that renders a notebook; it is loaded where it is put. */
export function createViewerFrame(viewerOrigin: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', sandbox);
  frame.setAttribute('allow', '');
  frame.referrerPolicy = 'no-referrer';
  frame.className = 'notebook-frame-hidden';
  frame.src = `${viewerOrigin}/`;
  return frame;
}
