import type { ToViewer } from '@strongroom/contracts';
import { textOf } from '../start/early-answers.ts';
import type { EarlyShare } from '../start/early-share.ts';
import { createViewerFrame } from './viewer-frame.ts';

/** A parent that an element moves to without being loaded anew (DOM, `moveBefore`). */
type MovingParent = HTMLElement & {
  moveBefore?(node: Node, child: Node | null): void;
};

interface EarlyFrame {
  readonly viewerOrigin: string;
  readonly element: HTMLIFrameElement;
  /** How often it has said so. */
  readyCount: number;
  /** What it was given to read ahead. */
  prepared: string | undefined;
  /** From then on it is given nothing more. */
  forget(): void;
}

export interface PlacedFrame {
  readonly element: HTMLIFrameElement;
  /** Whether it has said so already. */
  readonly isReady: boolean;
  /** The notebook that it reads ahead, which it may be given after it has its place; shown once. */
  takePrepared(): string | undefined;
}

let early: EarlyFrame | undefined;

/**
 * Loads a frame before there is a place for it, and has it read what it will show; only where a browser
 * can move it to its place as it is.
 */
export function startEarlyFrame({ viewerOrigin, notebook }: EarlyShare): void {
  if (!('moveBefore' in document.body)) return;
  const element = createViewerFrame(viewerOrigin);
  let isForgotten = false;
  const started: EarlyFrame = {
    ...{ viewerOrigin, element, readyCount: 0, prepared: undefined },
    forget: () => {
      isForgotten = true;
      window.removeEventListener('message', hear);
    },
  };
  const hear = ({ source, data }: MessageEvent<unknown>) => {
    if (source === null || source !== element.contentWindow) return;
    if ((data as { type?: unknown } | null)?.type !== 'ready') return;
    started.readyCount += 1;
    void notebook.then((bytes) => {
      if (!isForgotten) prepare(started, bytes);
    });
  };
  early = started;
  window.addEventListener('message', hear);
  Object.assign(element.style, { position: 'fixed', inset: '0', opacity: '0' });
  element.style.pointerEvents = 'none';
  document.body.append(element);
}

/** Once it has its place, whoever has put it there tells it what to show. */
function prepare(frame: EarlyFrame, notebook: ArrayBuffer | undefined): void {
  if (frame.readyCount !== 1 || notebook === undefined) return;
  const message: ToViewer = { type: 'prepare', notebook };
  // Its origin is opaque: see `useViewerMessages`.
  frame.element.contentWindow?.postMessage(message, '*');
  frame.prepared = textOf(notebook);
}

/** One that nobody has placed. */
export function removeEarlyFrame(): void {
  early?.forget();
  early?.element.remove();
  early = undefined;
}

/** Puts a frame there: the one that is loaded already, or a new one. */
export function placeViewerFrame(place: HTMLElement, viewerOrigin: string): PlacedFrame {
  const parent: MovingParent = place;
  if (early?.viewerOrigin === viewerOrigin && early.readyCount < 2 && parent.moveBefore) {
    const frame = early;
    early = undefined;
    frame.element.removeAttribute('style');
    parent.moveBefore(frame.element, null);
    const takePrepared = () => {
      // What comes after this is given to the frame by whoever asked.
      frame.forget();
      const { prepared } = frame;
      frame.prepared = undefined;
      return prepared;
    };
    return { element: frame.element, isReady: frame.readyCount === 1, takePrepared };
  }
  removeEarlyFrame();
  const element = createViewerFrame(viewerOrigin);
  place.append(element);
  return { element, isReady: false, takePrepared: () => undefined };
}
