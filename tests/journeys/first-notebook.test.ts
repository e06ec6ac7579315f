import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const newPassword = 'a sentence that alice made up';

let domain: RunningDomain;
let browser: Browser;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

describe('a data scientist on the first morning', () => {
  let consolePage: ConsolePage;
  let studio: Page;
  let lab: LabPage;

  beforeEach(({ task }) => pictureOnFailure(() => studio, task.name.replaceAll(/\W+/g, '-')));

  it('signs in with the one-time password and chooses a new one', async () => {
    const oneTimePassword = domain.oneTimePasswords.get('alice') ?? '';
    consolePage = await ConsolePage.open(await newPerson(browser), domain);
    await consolePage.signIn('alice', oneTimePassword);
    await consolePage.changePassword(oneTimePassword, newPassword);
    expect(await consolePage.page.getByRole('heading', { level: 1 }).innerText()).toContain(
      'research',
    );
  });

  it('launches the studio and sees whose it is', async () => {
    studio = await consolePage.launchStudio('alice');
    lab = new LabPage(studio);
    await lab.ready();
    await studio.getByText("alice's studio").waitFor();
    await picture(studio, 'journey-launcher');
  });

  it('runs Python with a plot in a new notebook', async () => {
    await lab.newNotebook();
    await lab.runCell('print(6 * 7)');
    await lab.runCell('%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 4, 9]);');
    await studio.locator('.jp-OutputArea-output img').waitFor();
    expect((await lab.outputs())[0]).toBe('42');
    await picture(studio, 'journey-notebook');
  });

  it('saves, reloads and finds the outputs there', async () => {
    await lab.saveAs('first.ipynb');
    await studio.reload();
    await studio.locator('.jp-OutputArea-output img').waitFor();
    expect((await lab.outputs())[0]).toBe('42');
  });

  it('restarts the kernel, which forgets its variables', async () => {
    await lab.kernelIdle();
    await lab.runCell('kept = 1');
    await lab.menu('Kernel', 'Restart Kernel…');
    await studio.locator('.jp-Dialog .jp-mod-accept').click();
    await studio.locator('.jp-Dialog').waitFor({ state: 'detached' });
    await lab.kernelIdle();
    await lab.runCell("print('kept' in globals())");
    await expect.poll(async () => (await lab.outputs()).at(-1)).toBe('False');
  });

  it('works in a terminal', async () => {
    await lab.menu('File', 'New', 'Terminal');
    await studio.locator('.jp-Terminal .xterm-helper-textarea').waitFor();
    await studio.locator('.jp-Terminal').click();
    await studio.keyboard.type('id -u > whoami.txt; hostname >> whoami.txt\n');
    const read = () =>
      studio.evaluate(async () => {
        const answer = await fetch('/api/contents/whoami.txt?content=1&type=file&format=text');
        const { content } = (await answer.json()) as { content?: string };
        return content ?? '';
      });
    await expect.poll(read).toBe('1000\nstudio\n');
    await picture(studio, 'journey-terminal');
  });

  it('reads the saved files in the console', async () => {
    await consolePage.goTo('/profiles/alice?tab=files');
    await consolePage.page.getByText('first.ipynb').waitFor();
    const [download] = await Promise.all([
      consolePage.page.waitForEvent('download'),
      consolePage.page.getByText('whoami.txt').click(),
    ]);
    expect(download.suggestedFilename()).toBe('whoami.txt');
  });

  it('stops the app, and Lab says so', async () => {
    await consolePage.goTo('/');
    const row = consolePage.page.locator('tr', { hasText: 'Studio server' });
    await row.getByRole('button', { name: /^Stop/ }).click();
    await consolePage.page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await consolePage.page.getByText('Nothing is running').waitFor();
    await studio.bringToFront();
    await studio.getByRole('dialog', { name: 'Your studio has stopped' }).waitFor();
    await picture(studio, 'journey-stopped');
  });

  it('is refused the studio of a colleague in plain words', async () => {
    await consolePage.goTo('/launch/bob');
    await consolePage.page.getByRole('heading', { name: 'This studio is not yours' }).waitFor();
    const tab = await consolePage.page.context().newPage();
    const answer = await tab.goto(`${domain.studioUrl('bob')}/lab`);
    expect(answer?.status()).toBe(401);
    await picture(tab, 'journey-refused');
  });
});
