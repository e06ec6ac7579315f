import { type FromViewer, fromViewerSchema, type ToViewer } from '@strongroom/contracts';
import type { Frame, Page } from 'playwright-core';
import type { RunningDomain } from './running-domain.ts';

/** What the page heard. */
export interface Heard {
  readonly data: { readonly type?: string };
  /** Not from another window, such as an output's. */
  readonly isFromFrame: boolean;
}

/** Runs in the page, as the console's own program does. */
const embed = (viewerOrigin: string) => `
  window.heard = [];
  const frame = document.createElement('iframe');
  window.addEventListener('message', ({ data, source }) => {
    window.heard.push({ data, isFromFrame: source === frame.contentWindow });
  });
  frame.title = 'Notebook';
  frame.setAttribute(
    'sandbox',
    'allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox',
  );
  frame.setAttribute('allow', '');
  frame.referrerPolicy = 'no-referrer';
  frame.src = '${viewerOrigin}/';
  frame.style.cssText = 'width: 1200px; height: 800px; border: 0';
  document.body.replaceChildren(frame);
`;

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
    await page.goto(domain.consoleUrl);
    await page.evaluate(`(() => { ${embed(viewerOriginOf(domain))} })()`);
    const element = await page.waitForSelector('iframe');
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('The viewer has no frame');
    const viewer = new ViewerPage(page, frame);
    await viewer.hear('ready');
    return viewer;
  }

  async say(message: ToViewer): Promise<void> {
    await this.page.evaluate(
      `document.querySelector('iframe').contentWindow.postMessage(${JSON.stringify(message)}, '*')`,
    );
  }

  heard(): Promise<readonly Heard[]> {
    return this.page.evaluate('window.heard');
  }

  /** The next message of this kind that the frame itself says, after those that were heard before. */
  async hear<Type extends FromViewer['type']>(
    type: Type,
  ): Promise<Extract<FromViewer, { type: Type }>> {
    // A function: the console's policy lets no text be evaluated again and again.
    const handle = await this.page.waitForFunction(
      ([wanted, from]) => {
        const { heard } = globalThis as unknown as { heard: readonly Heard[] };
        const index = heard.findIndex(
          ({ data, isFromFrame }, at) => at >= from && isFromFrame && data?.type === wanted,
        );
        return index === -1 ? null : { index, data: heard[index]?.data };
      },
      [type, this.#heardCount] as const,
    );
    const found = (await handle.jsonValue()) as { index: number; data: unknown };
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
