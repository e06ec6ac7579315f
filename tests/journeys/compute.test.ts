import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { startComputeDomain } from '../support/compute-domain.ts';
import { ComputePicker } from '../support/compute-picker.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { looksOf } from '../support/looks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import type { RunningDomain } from '../support/running-domain.ts';

/** More than the smaller type has, and less than the larger one. */
const allocation = `
kept = globals().get('kept', 0) + 1
filled = b'x' * (700 * 2**20)
print('kept', kept, len(filled) // 2**20)
`;
const newPassword = 'a sentence that alice made up';

let domain: RunningDomain;
let browser: Browser;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startComputeDomain(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

describe.each(looksOf('english'))('a person with work in $language and $theme', (look) => {
  const suffix = `${look.language}-${look.theme}`;
  // Each look has a person of its own: the first sign-in happens once.
  const profileName = look.language === 'ko' ? 'bob' : 'alice';
  let page: Page;
  let lab: LabPage;
  let picker: ComputePicker;

  beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

  it('makes a notebook on the size of their choice, of those that they may have', async () => {
    const person = await ConsolePage.open(await newPerson(browser, look), domain);
    const oneTimePassword = domain.oneTimePasswords.get(profileName) ?? '';
    await person.signIn(profileName, oneTimePassword);
    await person.changePassword(oneTimePassword, newPassword);
    page = await person.launchStudio(profileName);
    lab = new LabPage(page);
    picker = new ComputePicker(page);
    await lab.ready();
    await picker.openForNewNotebook();
    expect(await picker.chosenType()).toContain('ml.t3.medium');
    // What policy keeps from her is not offered; what is not on this machine is, with the reason.
    expect(await picker.row('ml.m5.xlarge').count()).toBe(0);
    const gpus = picker.row('ml.g5.48xlarge');
    expect(await gpus.locator('input').isDisabled()).toBe(true);
    expect(await gpus.locator('.sr-Choice-why').innerText()).not.toBe('');
    await picture(page, `compute-new-notebook-${suffix}`);
    await picker.acceptChoice('ml.t3.medium');
    await picker.meter(/Memory|메모리/).waitFor();
    await lab.runCell('print("small")');
    await picture(page, `compute-picker-${suffix}`);
  });

  it('hears in plain words that the memory was not enough, and keeps the notebook', async () => {
    const cell = page.locator('.jp-NotebookPanel .jp-CodeCell').nth(1);
    await cell.locator('.cm-content').click();
    await page.keyboard.insertText(allocation);
    await page.keyboard.press('Shift+Enter');
    await picker.notice('out-of-memory').waitFor({ timeout: 60_000 });
    // Nothing must be closed first.
    expect(await page.locator('.jp-Dialog').count()).toBe(0);
    expect(await cell.innerText()).toContain('filled');
    expect(await lab.outputs()).toContain('small');
    await picker.isReadyOn('ml.t3.medium');
    await picture(page, `compute-out-of-memory-${suffix}`);
  });

  it('goes on with a larger size, which really has more memory', async () => {
    await picker.notice('out-of-memory').locator('button.jp-mod-styled').click();
    await picker.row('ml.m5.large').waitFor();
    expect(await picker.chosenType()).toContain('ml.m5.large');
    await picture(page, `compute-change-${suffix}`);
    await picker.acceptChoice('ml.m5.large');
    expect(await picker.notice('out-of-memory').count()).toBe(0);
    await page.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').nth(1).click();
    await page.keyboard.press('Shift+Enter');
    // Its variables are new: the kernel is another one.
    await expect.poll(() => lab.outputs(), { timeout: 60_000 }).toContain('kept 1 700');
    await picker
      .meter(/Memory|메모리/)
      .and(page.locator('[data-level="normal"]'))
      .waitFor();
  });

  it('finds the size in the notebook, and their choice in the launcher', async () => {
    const name = `sizes-${suffix}.ipynb`;
    await lab.saveAs(name);
    const metadata = await page.evaluate(async (url) => {
      const model = (await (await fetch(url)).json()) as { content: { metadata: unknown } };
      return model.content.metadata;
    }, `/api/contents/${name}?content=1`);
    expect(metadata).toMatchObject({ instance_type: 'ml.m5.large' });
    await page.keyboard.press('Control+Shift+l');
    await page.locator('.jp-LauncherCard:visible', { hasText: 'ml.t3.medium' }).first().waitFor();
    await picture(page, `compute-launcher-${suffix}`);
  });

  it('goes on with another image, and keeps what the one before put out', async () => {
    await page.locator('.lm-TabBar-tab', { hasText: `sizes-${suffix}` }).click();
    await picker.open();
    await picker.image('Bash').click();
    await picture(page, `compute-image-${suffix}`);
    await picker.acceptChoice('ml.m5.large');
    const cell = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell').nth(2);
    await cell.locator('.cm-content').click();
    await page.keyboard.insertText('echo "of bash $((BASH_VERSINFO))"');
    await page.keyboard.press('Shift+Enter');
    await expect
      .poll(() => lab.outputs(), { timeout: 60_000 })
      .toContainEqual(expect.stringMatching(/^of bash \d+$/));
    expect(await lab.outputs()).toEqual(expect.arrayContaining(['small', 'kept 1 700']));
  });

  it('has Lab’s own items of the status bar in a narrow window, and ours in a menu', async () => {
    const internet = page.locator('.sr-EgressItem');
    const more = page.locator('.sr-StatusMore');
    const last = page.locator('.jp-StatusBar-Right > .jp-StatusBar-Item:visible').last();
    await page.setViewportSize({ width: 800, height: 860 });
    await more.click();
    const box = await last.boundingBox();
    expect((box?.x ?? 800) + (box?.width ?? 0)).toBeLessThanOrEqual(800);
    expect(await internet.isVisible()).toBe(false);
    const label = (await internet.getAttribute('aria-label')) ?? 'none';
    await page.locator('.lm-Menu-itemLabel', { hasText: label }).waitFor();
    await picture(page, `compute-narrow-${suffix}`);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1600, height: 860 });
    await internet.waitFor();
    expect(await more.isVisible()).toBe(false);
  });

  it('sees on the console what it has cost', async () => {
    page = await page.context().newPage();
    const person = new ConsolePage(page, domain);
    await person.goTo('/cost');
    await page
      .getByText(/\$0\.\d*[1-9]/)
      .first()
      .waitFor();
    await picture(page, `compute-cost-${suffix}`);
  });
});
