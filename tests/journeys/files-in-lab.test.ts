import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const newPassword = 'a sentence that bob made up';
const fileCount = 10_000;

let domain: RunningDomain;
let browser: Browser;
let consolePage: ConsolePage;
let studio: Page;

beforeAll(async () => {
  [domain, browser] = await Promise.all([startDomain(), launchBrowser()]);
  const person = await newPerson(browser, { language: 'ko', theme: 'dark' });
  consolePage = await ConsolePage.open(person, domain);
  const oneTimePassword = domain.oneTimePasswords.get('bob') ?? '';
  await consolePage.signIn('bob', oneTimePassword);
  await consolePage.changePassword(oneTimePassword, newPassword);
  studio = await consolePage.launchStudio('bob');
  await new LabPage(studio).ready();
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
});

/** What another program of the same person does: it writes without Lab's knowing. */
function put(path: string, model: object): Promise<number> {
  return studio.evaluate(
    async ([url, body]) => (await fetch(url, { method: 'PUT', body })).status,
    [`/api/contents/${path}`, JSON.stringify(model)] as const,
  );
}

const text = (content: string) => ({ type: 'file', format: 'text', content });

function read(path: string): Promise<string> {
  return studio.evaluate(async (url) => {
    const answer = await fetch(`${url}?content=1&type=file&format=text`);
    return ((await answer.json()) as { content: string }).content;
  }, `/api/contents/${path}`);
}

async function open(name: string): Promise<void> {
  await studio.locator('.jp-DirListing-item', { hasText: name }).dblclick();
}

describe('files in a Korean Lab', () => {
  beforeEach(({ task }) => pictureOnFailure(() => studio, task.name.replaceAll(/\W+/g, '-')));

  it('says whose studio it is in Korean', async () => {
    await studio.getByText('bob님의 스튜디오').waitFor();
    await picture(studio, 'lab-ko-dark');
  });

  it('asks before it overwrites a file that changed elsewhere', async () => {
    expect(await put('plan.txt', text('first'))).toBe(201);
    await studio.keyboard.press('Escape');
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await open('plan.txt');
    const editor = studio.locator('.jp-FileEditor .cm-content');
    await editor.click();
    await studio.keyboard.type('mine ');
    // Lab compares modification times, which some file systems keep only to some milliseconds.
    expect(await put('plan.txt', text('theirs'))).toBe(200);
    await studio.keyboard.press('Control+s');
    const dialog = studio.locator('.jp-Dialog');
    await dialog.waitFor();
    await picture(studio, 'lab-file-changed');
    const buttons = await dialog.locator('button').allInnerTexts();
    expect(buttons.length).toBeGreaterThan(2);
    await dialog.locator('button.jp-mod-reject').first().click();
    await dialog.waitFor({ state: 'detached' });
    expect(await read('plan.txt')).toBe('theirs');
  });

  it('says what is wrong with a notebook that is not JSON and leaves it as it is', async () => {
    expect(await put('broken.ipynb', text('{"cells": ['))).toBe(201);
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await open('broken.ipynb');
    const dialog = studio.locator('.jp-Dialog');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/JSON/);
    await picture(studio, 'lab-broken-notebook');
    await dialog.locator('button').last().click();
    await studio
      .locator('.lm-TabBar-tab', { hasText: 'broken.ipynb' })
      .waitFor({ state: 'detached' });
    expect(await dialog.count()).toBe(0);
    expect(await read('broken.ipynb')).toBe('{"cells": [');
  });

  it(`lists a folder of ${fileCount.toLocaleString('en')} files`, async () => {
    const lab = new LabPage(studio);
    await studio.locator('.jp-Dialog').waitFor({ state: 'detached' });
    await lab.menu('File', 'New', 'Terminal');
    await studio.locator('.jp-Terminal .xterm-helper-textarea').waitFor();
    await studio.locator('.jp-Terminal').click();
    await studio.keyboard.type(
      `mkdir many; (cd many; seq -f 'file-%05g.txt' ${fileCount} | xargs touch); touch made\n`,
    );
    await expect
      .poll(() => studio.evaluate(async () => (await fetch('/api/contents/made')).status), {
        timeout: 60_000,
      })
      .toBe(200);
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await open('many');
    // By title: looking for a text in 10,000 rows takes longer than showing them.
    await studio.locator('[title^="Name: file-00001.txt"]').waitFor();
    await picture(studio, 'lab-many-files');
    await studio.locator('.jp-DirListing-content').hover();
    await studio.mouse.wheel(0, 1_000_000);
    await studio.locator('[title^="Name: file-10000.txt"]').waitFor();
    expect(await studio.locator('[title^="Name: file-10000.txt"]').boundingBox()).not.toBeNull();
  });

  it('ends with the sign-out: Lab says so', async () => {
    await consolePage.goTo('/sign-out');
    await consolePage.page.getByRole('button', { name: '로그아웃' }).click();
    await consolePage.page.locator('input[autocomplete="username"]').waitFor();
    await studio.bringToFront();
    await studio.getByRole('dialog').waitFor();
    await picture(studio, 'lab-signed-out');
  });
});
