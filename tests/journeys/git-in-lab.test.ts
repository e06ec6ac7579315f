import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { GitPanelPage } from '../support/git-panel.ts';
import { LabPage } from '../support/lab-page.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

/** A person in front of their own studio, with the Git panel. */
interface Desk {
  readonly page: Page;
  readonly git: GitPanelPage;
  put(path: string, content: string): Promise<number>;
  read(path: string): Promise<string>;
}

let domain: RunningDomain;
let browser: Browser;
let alice: Desk;
let bob: Desk;
let shown: Page | undefined;
let cloneUrl = '';

const passwordOf = (name: string) => `a sentence that ${name} made up`;
const notebook = (...sources: string[]) =>
  JSON.stringify({
    cells: sources.map((source, index) => ({
      ...{ cell_type: 'code', id: `cell-${index}`, metadata: {}, execution_count: null },
      ...{ outputs: [], source },
    })),
    ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
  });

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
});

beforeEach(({ task }) => pictureOnFailure(() => shown, task.name.replaceAll(/\W+/g, '-')));

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

async function openDesk(
  name: string,
  options: { language?: 'en' | 'ko'; theme?: 'light' | 'dark' } = {},
): Promise<Desk> {
  const console = await ConsolePage.open(await newPerson(browser, options), domain);
  const oneTimePassword = domain.oneTimePasswords.get(name) ?? '';
  await console.signIn(name, oneTimePassword);
  await console.changePassword(oneTimePassword, passwordOf(name));
  const page = await console.launchStudio(name);
  shown = page;
  await new LabPage(page).ready();
  return {
    ...{ page, git: new GitPanelPage(page) },
    put: (path, content) =>
      page.evaluate(async ([url, body]) => (await fetch(url, { method: 'PUT', body })).status, [
        `/api/contents/${path}`,
        JSON.stringify({ type: 'file', format: 'text', content }),
      ] as const),
    read: (path) => page.evaluate(async (url) => (await fetch(url)).text(), `/files/${path}`),
  };
}

async function violations(page: Page, within: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(within).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('a repository of the domain', () => {
  it('is cloned by its URL alone', async () => {
    alice = await openDesk('alice');
    const { page, git } = alice;
    const api = new ApiClient(domain);
    await api.signIn('alice', passwordOf('alice'));
    const made = await api.console('/api/repositories', {
      method: 'POST',
      body: {
        name: 'rates',
        description: '',
        access: [{ to: { profileName: 'bob' }, permission: 'read-write' }],
      },
    });
    expect(made.status).toBe(201);
    cloneUrl = made.json.studioCloneUrl;
    await git.show();
    await git.panel.getByText('Your home is no Git repository.').waitFor();
    await picture(page, 'git-none');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
    await git.panel.getByLabel('URL').fill('http://example.com/rates.git');
    await page.keyboard.press('Enter');
    await git.panel.getByRole('alert').waitFor();
    await picture(page, 'git-refused-url');
    await git.panel.getByLabel('URL').fill(cloneUrl);
    await git.button('Clone').click();
    await git.button('Branch: main').waitFor();
    await picture(page, 'git-cloned');
  });

  it('takes two files that are staged by +, committed and pushed', async () => {
    const { page, git } = alice;
    expect(await alice.put('rates/model.ipynb', notebook('rate = 3.5', 'print(rate)'))).toBe(201);
    expect(await alice.put('rates/notes <b>.md', '# Notes\n')).toBe(201);
    await git.button('Refresh').click();
    await git.press(git.file('untracked', 'model.ipynb'), /^Stage/);
    await git.file('staged', 'model.ipynb').waitFor();
    // The next row has the focus, so the keyboard goes on where the mouse began.
    await page.keyboard.press('+');
    await git.file('staged', 'notes <b>.md').waitFor();
    await git.press(git.file('staged', 'notes'), /^Unstage/);
    await git.file('untracked', 'notes').waitFor();
    await git.button('Stage all untracked files').click();
    await git.file('staged', 'notes').waitFor();
    await git.panel.getByPlaceholder('Summary of the commit').fill('A model and notes');
    await picture(page, 'git-staged');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
    await page.keyboard.press('Control+Enter');
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByLabel('E-mail address').fill('alice@bank.example');
    await picture(page, 'git-identity');
    await dialog.locator('button.jp-mod-accept').click();
    await git.panel.getByText('Nothing has changed since the last commit.').waitFor();
    await git.button('Publish this branch').click();
    await git.button('Push (commits ahead: 0)').waitFor();
    await picture(page, 'git-pushed');
  });

  it('comes to a colleague, who changes a cell of the notebook', async () => {
    bob = await openDesk('bob', { language: 'ko', theme: 'dark' });
    const { page, git } = bob;
    await git.show();
    await picture(page, 'git-ko-none');
    await git.panel.getByLabel('URL').fill(cloneUrl);
    await git.button('복제').click();
    await git.button('브랜치: main').waitFor();
    expect(await bob.read('rates/model.ipynb')).toContain('rate = 3.5');
    await bob.put('rates/model.ipynb', notebook('rate = 4.5  # Bank of Korea', 'print(rate)'));
    await git.button('새로 고침').click();
    await git.file('changed', 'model.ipynb').locator('.sr-GitFile-name').dblclick();
    await page.locator('.sr-GitCell mark').first().waitFor();
    await picture(page, 'git-ko-diff');
    expect.soft(await violations(page, '.sr-GitTab')).toEqual([]);
    await git.press(git.file('changed', 'model.ipynb'), /스테이지$/);
    await git.file('staged', 'model.ipynb').waitFor();
    await git.panel.getByPlaceholder('커밋 요약').fill('기준 금리 반영');
    await picture(page, 'git-ko-staged');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
    await git.button(/^커밋/).click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.locator('input').nth(1).fill('bob@bank.example');
    await picture(page, 'git-ko-identity');
    await dialog.locator('button.jp-mod-accept').click();
    await git.button(/앞선 커밋 1개/).click();
    await git.button(/앞선 커밋 0개/).waitFor();
  });

  it('refuses a push that would lose his commit, and says what to do', async () => {
    shown = alice.page;
    const { page, git } = alice;
    await alice.put('rates/model.ipynb', notebook('rate = 5.25', 'print(rate)', 'rate * 2'));
    await git.button('Refresh').click();
    await git.press(git.file('changed', 'model.ipynb'), /^Stage/);
    await git.file('staged', 'model.ipynb').waitFor();
    await git.panel.getByPlaceholder('Summary of the commit').fill('Another rate');
    await page.keyboard.press('Control+Enter');
    await git.button('Push (commits ahead: 1)').click();
    const failure = git.panel.getByRole('alert');
    await failure.getByText('Pull them first').waitFor();
    await picture(page, 'git-not-fast-forward');
    await failure.getByRole('button', { name: 'Pull', exact: true }).click();
    await git.file('conflicted', 'model.ipynb').waitFor();
    await picture(page, 'git-conflict');
    // Not even in between is the notebook broken.
    expect(JSON.parse(await alice.read('rates/model.ipynb')).cells.length).toBeGreaterThan(1);
  });

  it('has the conflict resolved cell by cell', async () => {
    const { page, git } = alice;
    await git.press(git.file('conflicted', 'model.ipynb'), /^Resolve/);
    const tab = page.locator('.sr-GitTab');
    await tab.getByRole('radio', { name: 'Edit' }).check();
    await picture(page, 'git-resolve');
    expect.soft(await violations(page, '.sr-GitTab')).toEqual([]);
    await tab.getByLabel('Text that is taken').fill('rate = 4.75  # agreed');
    await tab.getByRole('button', { name: 'Save as Resolved' }).click();
    await git.button('Finish Merge').click();
    await git.panel.getByText('Nothing has changed since the last commit.').waitFor();
    const { cells } = JSON.parse(await alice.read('rates/model.ipynb'));
    expect(cells.map(({ source }: { source: string[] }) => source.join(''))).toEqual([
      ...['rate = 4.75  # agreed', 'print(rate)', 'rate * 2'],
    ]);
    await git.button(/^Push/).click();
    await git.button('Push (commits ahead: 0)').waitFor();
    await git.tab('History').click();
    await git.panel.locator('.sr-GitCommit').nth(3).waitFor();
    await git.panel.getByText('Another rate').click();
    await git.panel.locator('.sr-GitCommit-details .sr-GitFile').waitFor();
    await picture(page, 'git-history');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
  });

  it('is pulled by the colleague', async () => {
    shown = bob.page;
    const { page, git } = bob;
    await git.button(/^풀/).click();
    const read = () => bob.read('rates/model.ipynb');
    await expect.poll(read, { timeout: 30_000 }).toContain('agreed');
    await git.tab('이력').click();
    await git.panel.locator('.sr-GitCommit').nth(3).waitFor();
    await picture(page, 'git-ko-history');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
  });
});

describe('work that is not finished', () => {
  it('is put aside for another branch and brought back', async () => {
    shown = alice.page;
    const { page, git } = alice;
    await alice.put('rates/notes <b>.md', '# Notes\n\nNot finished.\n');
    await git.tab(/^Stashes/).click();
    await git.panel.getByPlaceholder('Description (may be empty)').fill('half a thought');
    await git.button('Put Changes Aside').click();
    await git.panel.getByText('half a thought').waitFor();
    await picture(page, 'git-stash');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
    await git.button('Branch: main').click();
    await git.button('New branch …').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByLabel('Name').fill('limits');
    await picture(page, 'git-new-branch');
    await page.keyboard.press('Enter');
    await git.tab(/^Stashes/).waitFor();
    await git.button('Branch: limits').click();
    await git.button('Switch to main').waitFor();
    await picture(page, 'git-branches');
    expect.soft(await violations(page, '#strongroom-git')).toEqual([]);
    await page.keyboard.press('Escape');
    await git.button(/^Pop/).click();
    await git.tab(/^Changes/).click();
    await git.file('changed', 'notes').waitFor();
  });

  it('is discarded only when she says so, and what is lost is named', async () => {
    const { page, git } = alice;
    await git.file('changed', 'notes').locator('.sr-GitFile-name').click();
    await page.keyboard.press('Delete');
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByText('notes <b>.md').waitFor();
    await picture(page, 'git-discard');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await git.file('changed', 'notes').count()).toBe(1);
    await git.file('changed', 'notes').locator('.sr-GitFile-name').click({ button: 'right' });
    await picture(page, 'git-menu');
    await page.locator('.lm-Menu-itemLabel', { hasText: 'Discard' }).click();
    await dialog.locator('button.jp-mod-warn').click();
    await git.file('changed', 'notes').waitFor({ state: 'detached' });
    expect(await alice.read('rates/notes <b>.md')).not.toContain('Not finished');
  });
});
