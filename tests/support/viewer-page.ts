import { type FromViewer, fromViewerSchema, type ToViewer } from '@strongroom/contracts';
import type { Frame, Page } from 'playwright-core';
import type { RunningDomain } from './running-domain.ts';

declare global {
  interface Window {
    /** What the page heard, and from whom. */
    heard: { data: unknown; origin: string; isFromFrame: boolean }[];
  }
}

/** A page of the console's origin with the viewer's frame in it, embedded as the console does. */
export class ViewerPage {
  readonly page: Page;
  readonly frame: Frame;
  #heardCount = 0;

  private constructor(page: Page, frame: Frame) {
    this.page = page;
    this.frame = frame;
  }

  static async open(page: Page, domain: RunningDomain): Promise<ViewerPage> {
    const viewerOrigin = viewerOriginOf(domain);
    await page.goto(domain.consoleUrl);
    await page.evaluate((origin) => {
      window.heard = [];
      window.addEventListener('message', ({ data, origin: from, source }) => {
        const frame = document.querySelector('iframe');
        window.heard.push({ data, origin: from, isFromFrame: source === frame?.contentWindow });
      });
      const frame = document.createElement('iframe');
      frame.title = 'Notebook';
      frame.setAttribute(
        'sandbox',
        'allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox',
      );
      frame.setAttribute('allow', '');
      frame.referrerPolicy = 'no-referrer';
      frame.src = `${origin}/`;
      frame.style.cssText = 'width: 1200px; height: 800px; border: 0';
      document.body.replaceChildren(frame);
    }, viewerOrigin);
    const element = await page.waitForSelector('iframe');
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('The viewer has no frame');
    const viewer = new ViewerPage(page, frame);
    await viewer.hear('ready');
    return viewer;
  }

  async say(message: ToViewer): Promise<void> {
    await this.page.evaluate((data) => {
      document.querySelector('iframe')?.contentWindow?.postMessage(data, '*');
    }, message);
  }

  /** The next message of this kind that the frame itself says, after those that were heard before. */
  async hear<Type extends FromViewer['type']>(
    type: Type,
  ): Promise<Extract<FromViewer, { type: Type }>> {
    const handle = await this.page.waitForFunction(
      ([wanted, from]) => {
        const index = window.heard.findIndex(({ data, isFromFrame }, at) => {
          const said = data as { type?: unknown } | null;
          return at >= Number(from) && isFromFrame && said?.type === wanted;
        });
        return index === -1 ? null : { index, data: window.heard[index]?.data };
      },
      [type, this.#heardCount] as const,
    );
    const found = await handle.jsonValue();
    if (found === null) throw new Error(`Nothing was heard of "${type}"`);
    this.#heardCount = found.index + 1;
    return fromViewerSchema.parse(found.data) as Extract<FromViewer, { type: Type }>;
  }

  async render(
    notebook: unknown,
    options: Partial<Extract<ToViewer, { type: 'render' }>> = {},
  ): Promise<Extract<FromViewer, { type: 'rendered' }>> {
    await this.say({
      ...{ type: 'render', notebook, language: 'en', theme: 'light' },
      ...{ commentCounts: [], mayComment: false },
      ...options,
    });
    return this.hear('rendered');
  }
}

export function viewerOriginOf({ port }: RunningDomain): string {
  return `http://viewer.localhost:${port}`;
}
