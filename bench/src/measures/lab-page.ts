import { launchBrowser } from '@strongroom/tests/support/browser.ts';
import type { Browser, Page } from 'playwright-core';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { StudioPerson } from '../strongroom/studio-person.ts';
import type { BenchSetting } from './bench-setting.ts';

const roundCount = 3;
/** Debian has no JupyterLab: what the peer opens is a much smaller page. */
const peerName = 'JupyterHub 3.0: its file page, not Lab';

interface PageLoad {
  milliseconds: number;
  transferredMegabytes: number;
  requestCount: number;
}

/** From opening the studio's address in a browser with nothing cached until one can work. */
export async function measureLabPage(setting: BenchSetting): Promise<Measure[]> {
  const browser = await launchBrowser();
  const ours: PageLoad[] = [];
  const peer: PageLoad[] = [];
  try {
    const person = await StudioPerson.signIn(setting.coldDomain, 'page');
    await person.openStudio();
    const hubPerson = await setting.hub.signIn('page');
    await hubPerson.openServer();
    for (let round = 0; round < roundCount; round += 1) {
      setting.say(`pages in a cold browser, round ${round + 1} of ${roundCount}`);
      ours.push(
        await loadPage(browser, {
          url: await person.presignedUrl(),
          usable: '.jp-LauncherCard',
          cookies: [],
        }),
      );
      peer.push(
        await loadPage(browser, {
          url: hubPerson.pageUrl,
          usable: '#new-dropdown-button, #notebook_list_info, #new-buttons',
          cookies: hubPerson.browserCookies(),
        }),
      );
    }
    await person.stopStudio();
    await hubPerson.stopServer();
  } finally {
    await browser.close();
  }
  const medians = (key: keyof PageLoad) => ({
    ours: median(ours.map((load) => load[key])),
    peer: median(peer.map((load) => load[key])),
    peerName,
  });
  return [
    {
      measure: 'Lab usable, cold browser',
      unit: 'ms',
      ...medians('milliseconds'),
      bound: { kind: 'value', most: 3_000 },
    },
    { measure: 'transferred', unit: 'MB', ...medians('transferredMegabytes'), bound: null },
    { measure: 'requests', unit: 'count', ...medians('requestCount'), bound: null },
  ];
}

interface PageToLoad {
  url: string;
  /** Selector of something that shows only when one can work. */
  usable: string;
  cookies: readonly { name: string; value: string; url: string }[];
}

async function loadPage(browser: Browser, wanted: PageToLoad): Promise<PageLoad> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  try {
    await context.addCookies([...wanted.cookies]);
    const page = await context.newPage();
    const traffic = await countTraffic(page);
    const startedAt = performance.now();
    await page.goto(wanted.url, { waitUntil: 'commit' });
    await page.locator(wanted.usable).first().waitFor({ timeout: 60_000 });
    return { milliseconds: performance.now() - startedAt, ...traffic() };
  } finally {
    await context.close();
  }
}

/** Counts what crosses the network as Chromium itself does, headers and compression included. */
async function countTraffic(page: Page): Promise<() => Omit<PageLoad, 'milliseconds'>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  let requestCount = 0;
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) requestCount += 1;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => ({ transferredMegabytes: bytes / 1e6, requestCount });
}
