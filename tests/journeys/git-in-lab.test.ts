import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { GitPanelPage } from '../support/git-panel.ts';
import { LabPage } from '../support/lab-page.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

let domain: RunningDomain;
let browser: Browser;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

async function openStudio(
  name: string,
  options: { language?: 'en' | 'ko'; theme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const console = await ConsolePage.open(await newPerson(browser, options), domain);
  const oneTimePassword = domain.oneTimePasswords.get(name) ?? '';
  await console.signIn(name, oneTimePassword);
  await console.changePassword(oneTimePassword, `a sentence that ${name} made up`);
  const studio = await console.launchStudio(name);
  await new LabPage(studio).ready();
  return studio;
}

describe('a person with Git', () => {
  let studio: Page;
  let git: GitPanelPage;

  beforeEach(({ task }) => pictureOnFailure(() => studio, task.name.replaceAll(/\W+/g, '-')));

  const put = (path: string, content: string) =>
    studio.evaluate(async ([url, body]) => (await fetch(url, { method: 'PUT', body })).status, [
      `/api/contents/${path}`,
      JSON.stringify({ type: 'file', format: 'text', content }),
    ] as const);

  it('begins a repository', async () => {
    studio = await openStudio('alice');
    git = new GitPanelPage(studio);
    await studio.evaluate(() =>
      fetch('/api/contents/models', { method: 'PUT', body: JSON.stringify({ type: 'directory' }) }),
    );
    expect(await put('models/rates.csv', 'day,rate\n1,3.5\n')).toBe(201);
    expect(await put('models/notes.md', '# Notes\n')).toBe(201);
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await git.show();
    await git.panel.getByText('is in no Git repository').waitFor();
    await picture(studio, 'git-none');
    await git.openFolder('models');
    await git.button('Initialise Here').click();
    await git.file('untracked', 'rates.csv').waitFor();
    await picture(studio, 'git-untracked');
  });

  it('stages, and commits once Git knows the name', async () => {
    await git.press(git.file('untracked', 'rates.csv'), /^Stage/);
    await git.file('staged', 'rates.csv').waitFor();
    await git.button('Stage all untracked files').click();
    await git.file('staged', 'notes.md').waitFor();
    await git.panel.getByPlaceholder('Summary of the commit').fill('Rates and notes');
    await picture(studio, 'git-staged');
    await git.button(/^Commit/).click();
    const dialog = studio.locator('.jp-Dialog');
    await dialog.getByLabel('E-mail address').fill('alice@bank.example');
    await picture(studio, 'git-identity');
    await dialog.locator('button.jp-mod-accept').click();
    await git.panel.getByText('Nothing has changed since the last commit.').waitFor();
    await picture(studio, 'git-clean');
  });

  it('sees what changed', async () => {
    await put('models/rates.csv', 'day,rate\n1,4.5\n2,4.25\n');
    await git.button('Refresh').click();
    await git.file('changed', 'rates.csv').locator('.sr-GitFile-name').dblclick();
    await studio.locator('.sr-GitDiff mark').first().waitFor();
    await picture(studio, 'git-diff-text');
    await git.tab('History').click();
    await git.panel.getByText('Rates and notes').click();
    await git.panel.getByText('notes.md').waitFor();
    await picture(studio, 'git-history');
  });
});
