import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '@strongroom/tests/support/browser.ts';
import type { Browser } from 'playwright-core';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { saveLargeNotebook, shareLargeNotebook } from './share-notebook.ts';
import type { SharingSetting } from './sharing-setting.ts';

const roundCount = 5;
const settleMilliseconds = 1_000;

/** From opening a share's link in a browser with nothing cached until its first cells can be seen. */
export async function measureFirstPaint(setting: SharingSetting): Promise<Measure[]> {
  await saveLargeNotebook(setting);
  const url = await shareLargeNotebook(setting);
  const browser = await launchBrowser();
  const milliseconds: number[] = [];
  try {
    for (let round = 0; round < roundCount; round += 1) {
      setting.say(`a share's first paint, round ${round + 1} of ${roundCount}`);
      milliseconds.push(await paint(browser, { url, setting }));
    }
  } finally {
    await browser.close();
  }
  return [
    {
      measure: 'first paint of a shared 10 MB notebook, cold browser',
      unit: 'ms',
      ours: median(milliseconds),
      ...{ peer: null, peerName: null },
      bound: { kind: 'value', most: 1_500 },
    },
  ];
}

/** A new context has an empty cache. */
async function paint(
  browser: Browser,
  { url, setting }: { url: string; setting: SharingSetting },
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  try {
    const { origin, hostname } = new URL(url);
    const cookies = setting.bob
      .cookieHeader(hostname)
      .split('; ')
      .map((pair) => pair.split('='));
    await context.addCookies(
      cookies.map(([name = '', ...value]) => ({
        // A name that begins with __Host- is taken for a secure address only.
        ...{ name, value: value.join('='), url: origin.replace('http:', 'https:'), secure: true },
      })),
    );
    const page = await context.newPage();
    await page.addInitScript(`addEventListener('message', ({ data }) => {
      if (data?.type === 'painted') performance.mark('painted');
    })`);
    // A browser that has just opened a window works for a while for that alone.
    await delay(settleMilliseconds);
    await page.goto(url, { waitUntil: 'commit' });
    const painted = await page.waitForFunction(
      // A function: the console's policy lets no text be evaluated again and again.
      () => performance.getEntriesByName('painted')[0]?.startTime,
    );
    return Number(await painted.jsonValue());
  } finally {
    await context.close();
  }
}
