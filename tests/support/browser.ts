import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, kept from looking anything up outside this machine. */
const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions);
}

/** One that can be ended as by a crash: all its processes, without a word to anybody. */
export async function launchMortalBrowser(): Promise<{ browser: Browser; kill(): Promise<void> }> {
  const server = await chromium.launchServer(launchOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  return { browser, kill: () => server.kill() };
}

export interface PersonOptions {
  language?: 'en' | 'ko';
  theme?: 'light' | 'dark';
}

/** A browser profile of one person: own cookies, language and colour scheme. */
export function newPerson(browser: Browser, options: PersonOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: options.language === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: options.theme ?? 'light',
    viewport: { width: 1360, height: 860 },
  });
}

const pictures = resolve(import.meta.dirname, '../../test-results/screenshots');

/** Keeps a picture of the page for a person to look at; `npm test` never compares pixels. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
