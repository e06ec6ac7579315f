import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { launchBrowser, newPerson, type PersonOptions, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { LabShares } from '../support/lab-shares.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const name = 'loans.ipynb';
const plot = [
  '%matplotlib inline',
  'import matplotlib.pyplot as plt',
  'plt.plot([1, 4, 9]); print("rate", 6 * 7)',
].join('\n');

let domain: RunningDomain;
let browser: Browser;
let admin: ApiClient;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
  admin = new ApiClient(domain);
  await admin.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

/** Computed: no real person's number is written down. */
function registrationNumber(): string {
  const first = '900101123456';
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
  return `${first.slice(0, 6)}-${first.slice(6)}${(11 - (sum % 11)) % 10}`;
}

/** Of the others' team. Answers the one-time password. */
async function addPerson(profileName: string): Promise<string> {
  const added = await admin.console('/api/profiles', {
    method: 'POST',
    body: {
      ...{ profileName, displayName: profileName, role: 'data-scientist' },
      team: 'risk-models',
    },
  });
  return added.json.oneTimePassword;
}

async function signIn(
  person: string,
  oneTimePassword = domain.oneTimePasswords.get(person) ?? '',
  options: PersonOptions = {},
): Promise<ConsolePage> {
  const page = await ConsolePage.open(await newPerson(browser, options), domain);
  await page.signIn(person, oneTimePassword);
  await page.changePassword(oneTimePassword, `a sentence that ${person} made up`);
  return page;
}

describe('an owner and a colleague', () => {
  let studio: Page;
  let lab: LabPage;
  let shares: LabShares;
  let bob: ConsolePage;
  let link: string;
  let page: Page;

  beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

  it('she is stopped where a resident registration number is in it, and led to the cell', async () => {
    const alice = await signIn('alice');
    await alice.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    studio = await alice.launchStudio('alice');
    page = studio;
    lab = new LabPage(studio);
    shares = new LabShares(studio);
    await lab.ready();
    await lab.newNotebook();
    await lab.runCell(plot);
    await studio.locator('.jp-OutputArea-output img').waitFor();
    await lab.saveAs(name);
    await lab.runCell(`customer = "${registrationNumber()}"`);
    // Not saved: what is shared is what she sees.
    await shares.share();
    const finding = shares.dialog.locator('[data-action="block"]');
    await finding.getByText('Cell 2, line 1').waitFor();
    expect(await shares.dialog.locator('[role="alert"]').innerText()).toContain('Cell 2, line 1');
    expect(await shares.dialog.innerText()).not.toContain(registrationNumber());
    await shares.chooseAudience('bob');
    expect(await shares.accept.isDisabled()).toBe(true);
    await picture(studio, 'lab-share-blocked');
    await finding.getByRole('button').click();
    await shares.dialog.waitFor({ state: 'detached' });
    await studio.locator('.jp-Notebook .jp-Cell:nth-child(2).jp-mod-active').waitFor();
  });

  it('she confirms what is only a warning, and gets a link for one colleague', async () => {
    const second = studio.locator('.jp-Notebook .jp-CodeCell').nth(1);
    await second.locator('.cm-content').click();
    await studio.keyboard.press('Control+a');
    await studio.keyboard.insertText('ask = "010-1234-5678"');
    await shares.share();
    await shares.dialog.locator('[data-action="warn"]').waitFor();
    await shares.chooseAudience('bob');
    expect(await shares.accept.isDisabled()).toBe(true);
    await shares.dialog.locator('.sr-Share-findings input[type="checkbox"]').check();
    await shares.dialog.getByRole('button', { name: '7 days' }).click();
    await shares.dialog.locator('textarea').fill('Look at the plot');
    await picture(studio, 'lab-share-warning');
    await shares.accept.click();
    await shares.dialog.locator('.sr-Share-link').waitFor();
    link = await shares.link();
    expect(link).toMatch(/\/shares\/[A-Za-z0-9_-]{22}$/);
    await shares.dialog.getByRole('button', { name: 'Copy Link' }).click();
    await shares.dialog.getByText('The link was copied.').waitFor();
    expect(await studio.evaluate<string>('navigator.clipboard.readText()')).toBe(link);
    await picture(studio, 'lab-share-link');
    await studio.keyboard.press('Escape');
    await shares.dialog.waitFor({ state: 'detached' });
  });

  it('he opens it, sees the plot, copies it and runs the copy', async () => {
    bob = await signIn('bob');
    page = bob.page;
    await page.goto(link);
    await page.getByText('Look at the plot').waitFor();
    const frame = page.frameLocator('iframe');
    await frame.locator('img').first().waitFor();
    await frame.getByText('rate 42').waitFor();
    expect(await frame.locator('[contenteditable="true"], textarea').count()).toBe(0);
    await page.getByRole('button', { name: 'Copy to my studio' }).click();
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open in my studio' }).click(),
    ]);
    const copy = new LabPage(tab);
    page = tab;
    // A studio and its Lab, both for the first time.
    const source = tab.locator('.jp-Notebook').getByText('matplotlib').first();
    await source.waitFor({ timeout: 90_000 });
    await copy.kernelIdle();
    await tab.locator('.jp-Notebook .jp-CodeCell .cm-content').first().click();
    await tab.keyboard.press('Shift+Enter');
    await tab.locator('.jp-InputPrompt', { hasText: '[1]' }).first().waitFor();
    await expect.poll(() => copy.outputs()).toContain('rate 42');
    await picture(tab, 'lab-share-copied');
    await tab.close();
  });

  it('a third person is refused', async () => {
    const carol = new ApiClient(domain);
    await carol.firstSignIn('carol', await addPerson('carol'));
    const path = `/api${new URL(link).pathname}`;
    for (const refused of [path, `${path}/versions/1/notebook`]) {
      const answer = await carol.console(refused);
      expect([answer.status, answer.json.error.code]).toEqual([403, 'AccessDenied']);
    }
  });

  it('she adds a version under the same link', async () => {
    page = studio;
    await studio.bringToFront();
    await lab.runCell('changed = 1');
    await shares.share();
    await shares.dialog.getByRole('radio', { name: /Version 2/ }).check();
    await shares.dialog.locator('.sr-Share-findings input[type="checkbox"]').check();
    await picture(studio, 'lab-share-version');
    await shares.accept.click();
    await shares.dialog.locator('.sr-Share-link').waitFor();
    expect(await shares.link()).toBe(link);
    await studio.keyboard.press('Escape');
  });

  it('she extends it, and then revokes it: his open page says so', async () => {
    await bob.page.goto(link);
    await bob.page.frameLocator('iframe').locator('img').first().waitFor();
    await studio.bringToFront();
    await shares.showPanel();
    const row = shares.row(name);
    await row.getByText('Version 2').waitFor();
    await picture(studio, 'lab-shares-panel');
    const until = await row.locator('.sr-Shares-state').innerText();
    await row.getByRole('button', { name: 'Extend' }).click();
    await picture(studio, 'lab-shares-extend');
    await studio.locator('.jp-Dialog button.jp-mod-accept').click();
    await expect.poll(() => row.locator('.sr-Shares-state').innerText()).not.toBe(until);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await studio.locator('.jp-Dialog').getByText('bob').waitFor();
    await picture(studio, 'lab-shares-revoke');
    await studio.keyboard.press('Escape');
    await studio.locator('.jp-Dialog').waitFor({ state: 'detached' });
    expect(await row.getAttribute('data-state')).toBe('active');
    await row.getByRole('button', { name: 'Revoke' }).click();
    await studio.locator('.jp-Dialog button.jp-mod-warn').click();
    await shares.panel.locator('[data-state="revoked"]').waitFor();
    await bob.page.bringToFront();
    page = bob.page;
    await page.getByRole('heading', { name: 'This share was revoked' }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
  });
});

describe('a Korean, in the dark', () => {
  it('shares from the menu of files with everyone, and finds what is shared', async () => {
    const oneTimePassword = await addPerson('minsu');
    const minsu = await signIn('minsu', oneTimePassword, { language: 'ko', theme: 'dark' });
    const studio = await minsu.launchStudio('minsu');
    pictureOnFailure(() => studio, 'lab-share-ko');
    const shares = new LabShares(studio);
    await new LabPage(studio).ready();
    const cells = [
      { cell_type: 'markdown', id: 'a', metadata: {}, source: '# 신용 위험' },
      { cell_type: 'raw', id: 'b', metadata: {}, source: registrationNumber() },
    ];
    const put = (content: object) =>
      studio.evaluate(
        async (body) => (await fetch('/api/contents/risk.ipynb', { method: 'PUT', body })).status,
        JSON.stringify({ type: 'notebook', format: 'json', content }),
      );
    await put({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await studio
      .locator('.jp-DirListing-item', { hasText: 'risk.ipynb' })
      .click({ button: 'right' });
    await picture(studio, 'lab-share-ko-menu');
    await studio.locator('.lm-Menu-itemLabel', { hasText: '노트북 공유' }).click();
    await shares.lookedThrough();
    await shares.dialog.locator('[data-action="block"]').getByText('2번 셀, 1번째 줄').waitFor();
    await picture(studio, 'lab-share-ko-blocked');
    await put({ cells: cells.slice(0, 1), metadata: {}, nbformat: 4, nbformat_minor: 5 });
    await shares.dialog.getByRole('button', { name: '다시 검사' }).click();
    await shares.dialog.getByText('발견되지 않았습니다').waitFor();
    await shares.dialog.getByRole('radio', { name: '도메인의 모든 사람' }).check();
    await picture(studio, 'lab-share-ko');
    await shares.accept.click();
    await shares.dialog.locator('.sr-Share-link').waitFor();
    await picture(studio, 'lab-share-ko-link');
    await shares.dialog.getByRole('button', { name: '닫기' }).click();
    await shares.showPanel();
    await shares.row('risk.ipynb').waitFor();
    await picture(studio, 'lab-shares-ko');
    await studio.getByRole('tab', { name: '나에게 공유됨' }).click();
    await shares.panel.getByText('공유된 노트북이 없습니다').waitFor();
    await picture(studio, 'lab-shares-ko-empty');
  });
});
