import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { launchBrowser, launchMortalBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { code, notebookOf } from '../support/notebooks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const newPassword = 'a sentence that alice made up';
const notebookName = 'long-work.ipynb';
const lineCount = 60;
/** A browser that starts takes the machine for a while. */
const patienceMilliseconds = 120_000;
/** The agent's own tests kill many more pages; here each is a whole browser. */
const killCount = Number(process.env.STRONGROOM_BROWSER_KILLS ?? 3);

const work = `
import time
from IPython.display import display, Image
turn = globals().get('turn', 0) + 1
bar = display({'text/plain': 'bar 0 %'}, raw=True, display_id=True)
for n in range(${lineCount}):
    print(f'{turn}:{n}', flush=True)
    bar.update({'text/plain': f'bar {100 * (n + 1) // ${lineCount}} %'}, raw=True)
    time.sleep(0.03)
display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png'))
print('finished', turn)
`;

let domain: RunningDomain;
let browser: Browser;
let signedIn: NonNullable<BrowserContextOptions['storageState']>;
let page: Page;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
  const person = await newPerson(browser);
  person.setDefaultTimeout(patienceMilliseconds);
  const consolePage = await ConsolePage.open(person, domain);
  const oneTimePassword = domain.oneTimePasswords.get('alice') ?? '';
  await consolePage.signIn('alice', oneTimePassword);
  await consolePage.changePassword(oneTimePassword, newPassword);
  page = await consolePage.launchStudio('alice');
  await new LabPage(page).ready();
  const notebook = notebookOf([{ ...code(work), execution_count: null }], {
    kernelspec: { name: 'python3', display_name: 'Python 3 (ipykernel)', language: 'python' },
  });
  const status = await page.evaluate(
    async ([url, body]) => (await fetch(url, { method: 'PUT', body })).status,
    [
      `/api/contents/${notebookName}`,
      JSON.stringify({ type: 'notebook', format: 'json', content: notebook }),
    ] as const,
  );
  expect(status).toBe(201);
  signedIn = await person.storageState();
  await page.close();
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

/** A browser of its own, in which the person opens the notebook. */
async function openInNewBrowser() {
  const mortal = await launchMortalBrowser();
  const person = await mortal.browser.newContext({
    ...{ storageState: signedIn, viewport: { width: 1360, height: 860 } },
  });
  person.setDefaultTimeout(patienceMilliseconds);
  page = await person.newPage();
  await page.goto(`${domain.studioUrl('alice')}/lab/tree/${notebookName}`);
  await page.locator('.jp-NotebookPanel .jp-CodeCell').first().waitFor();
  return mortal;
}

const output = () => page.locator('.jp-NotebookPanel .jp-OutputArea').first();

async function outputLines(): Promise<string[]> {
  return (await output().innerText()).split('\n').map((line) => line.trim());
}

async function shows(line: string): Promise<void> {
  await expect.poll(outputLines, { timeout: patienceMilliseconds, interval: 20 }).toContain(line);
}

async function expectWholeOutput(turn: number): Promise<void> {
  await output().getByText(`finished ${turn}`).waitFor();
  const lines = await outputLines();
  const printed = lines.filter((line) => /^\d+:\d+$/.test(line));
  expect(printed).toEqual(Array.from({ length: lineCount }, (_, n) => `${turn}:${n}`));
  expect(lines).toContain('bar 100 %');
  expect(await output().locator('img').count()).toBe(1);
}

describe('a cell that runs while its browser is gone', () => {
  beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

  for (let turn = 1; turn <= killCount; turn += 1) {
    it(`loses nothing where the browser is killed (${turn} of ${killCount})`, async () => {
      const first = await openInNewBrowser();
      await new LabPage(page).kernelIdle();
      await page.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').first().click();
      await page.keyboard.press('Control+Enter');
      const killedAt = Math.floor(Math.random() * lineCount);
      await shows(`${turn}:${killedAt}`);
      await first.kill();
      const second = await openInNewBrowser();
      await expectWholeOutput(turn);
      await page.locator('.jp-NotebookPanel .jp-InputPrompt', { hasText: `[${turn}]:` }).waitFor();
      const [saved] = await Promise.all([
        page.waitForResponse(
          (answer) => answer.request().method() === 'PUT' && answer.url().includes(notebookName),
        ),
        page.keyboard.press('Control+s'),
      ]);
      expect(saved.status()).toBe(200);
      expect(await page.locator('.jp-Dialog').count()).toBe(0);
      await picture(page, 'work-outlives-browser');
      await second.kill();
    });
  }

  it('is in the notebook as it ended, also where nobody looks until then', async () => {
    const first = await openInNewBrowser();
    await new LabPage(page).kernelIdle();
    await page.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').first().click();
    await page.keyboard.press('Control+Enter');
    const turn = killCount + 1;
    await shows(`${turn}:0`);
    await first.kill();
    const reader = new ApiClient(domain);
    await reader.signIn('alice', newPassword);
    await reader.openStudio('alice');
    const read = async () => (await reader.studio('alice', `/files/${notebookName}`)).text;
    await expect.poll(read, { timeout: 60_000 }).toContain(`finished ${turn}\\n`);
    const second = await openInNewBrowser();
    await expectWholeOutput(turn);
    await second.kill();
  });
});
