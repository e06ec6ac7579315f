import type { FromViewer, ToViewer } from '@strongroom/contracts';
import { readMessage } from './read-message.ts';

/**
 * The page of the console that the frame stands in: the only window that is heard and spoken to. The
 * server writes the console's origin into the document, so nobody else can give another.
 */
export class Page {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  say(message: FromViewer): void {
    window.parent.postMessage(message, this.#origin);
  }

  /** Outputs have windows too and can post here: neither their source nor their origin is the page's. */
  listen(receive: (message: ToViewer) => void): void {
    window.addEventListener('message', ({ source, origin, data }) => {
      if (source !== window.parent || origin !== this.#origin) return;
      const message = readMessage(data);
      if (message !== undefined) receive(message);
    });
  }
}
