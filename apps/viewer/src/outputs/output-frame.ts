import { element } from '../frame/element.ts';
import { isRecord } from '../notebook/json-values.ts';
import type { OutputContent } from '../output-document/content.ts';

/** Of an output that says that it is endless; it scrolls within itself. */
const maximumHeightPixels = 8_000;
/** What is this near below the screen is begun. */
const aheadPixels = '400px';

interface WaitingFrame {
  readonly content: OutputContent;
  isShown: boolean;
  /** Resolves when the output has said how high it is. */
  readonly measured: Promise<void>;
  readonly tellMeasured: () => void;
}

/**
 * Documents of their own for outputs that are code: each a frame in a sandbox with an opaque origin, of
 * which the notebook hears a height and nothing else.
 */
export class OutputFrames {
  readonly #frames = new Map<HTMLIFrameElement, WaitingFrame>();
  #theme: 'light' | 'dark' = 'light';
  readonly #observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && target instanceof HTMLIFrameElement) this.#load(target);
      }
    },
    { rootMargin: aheadPixels },
  );

  constructor() {
    window.addEventListener('message', ({ source, data }) => this.#receive(source, data));
  }

  set theme(theme: 'light' | 'dark') {
    this.#theme = theme;
    for (const [frame, { isShown }] of this.#frames) {
      if (isShown) frame.contentWindow?.postMessage({ type: 'theme', theme }, '*');
    }
  }

  add(content: OutputContent, title: string): HTMLElement {
    const frame = element('iframe', {
      ...{ class: 'output-frame', sandbox: 'allow-scripts', referrerpolicy: 'no-referrer', title },
      allow: '',
    });
    let tellMeasured: () => void = () => undefined;
    const measured = new Promise<void>((resolve) => {
      tellMeasured = resolve;
    });
    this.#frames.set(frame, { content, isShown: false, measured, tellMeasured });
    this.#observer.observe(frame);
    return frame;
  }

  /** For printing: those too that nobody has come to. Resolves when all have a height. */
  async showAll(): Promise<void> {
    for (const frame of this.#frames.keys()) this.#load(frame);
    await Promise.all([...this.#frames.values()].map(({ measured }) => measured));
  }

  clear(): void {
    this.#observer.disconnect();
    this.#frames.clear();
  }

  #load(frame: HTMLIFrameElement): void {
    if (frame.hasAttribute('src')) return;
    this.#observer.unobserve(frame);
    frame.src = `${new URL(document.URL).origin}/output`;
  }

  /** The code in there says what it likes: only from which window it came is sure. */
  #receive(source: MessageEventSource | null, data: unknown): void {
    if (!isRecord(data)) return;
    const [frame, waiting] =
      [...this.#frames].find(([{ contentWindow }]) => contentWindow === source) ?? [];
    if (source === null || frame === undefined || waiting === undefined) return;
    if (data.type === 'ready' && !waiting.isShown) {
      waiting.isShown = true;
      const message = { type: 'show', content: waiting.content, theme: this.#theme };
      // An opaque origin can be named in no other way; the window is the one that we made.
      frame.contentWindow?.postMessage(message, '*');
    }
    if (data.type === 'height' && typeof data.pixels === 'number' && data.pixels >= 0) {
      frame.style.height = `${Math.min(Math.ceil(data.pixels), maximumHeightPixels)}px`;
      waiting.tellMeasured();
    }
  }
}
