import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { BucketsPanelPage } from '../support/buckets-panel.ts';
import { ConsolePage } from '../support/console-page.ts';
import { LabPage } from '../support/lab-page.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const bucket = 'research-risk-models';

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

describe('a data scientist with buckets', () => {
  let studio: Page;
  let lab: LabPage;
  let buckets: BucketsPanelPage;

  beforeEach(({ task }) => pictureOnFailure(() => studio, task.name.replaceAll(/\W+/g, '-')));

  const put = (path: string, content: string, format = 'text') =>
    studio.evaluate(async ([url, body]) => (await fetch(url, { method: 'PUT', body })).status, [
      `/api/contents/${path}`,
      JSON.stringify({ type: 'file', format, content }),
    ] as const);
  const read = (path: string) =>
    studio.evaluate(async (url) => {
      const answer = await fetch(url);
      return answer.ok ? answer.text() : `status ${answer.status}`;
    }, `/files/${path}`);

  it('sees the buckets that her notebooks may use, and that hers is empty', async () => {
    studio = await openStudio('alice');
    lab = new LabPage(studio);
    buckets = new BucketsPanelPage(studio);
    expect(await put('rates.csv', 'day,rate\n1,3.5\n')).toBe(201);
    await studio.locator('[data-command="filebrowser:refresh"]').click();
    await buckets.file('rates.csv').waitFor();
    await buckets.showBuckets();
    await buckets.entry('research-reference').waitFor();
    await picture(studio, 'buckets-list');
    await buckets.entry(bucket).dblclick();
    await buckets.panel.getByText('Nothing is stored here.').waitFor();
    await picture(studio, 'buckets-empty');
  });

  it('drags a file of her home over the tab into the bucket', async () => {
    await buckets.showFiles();
    await buckets.drag(
      buckets.file('rates.csv').locator('.jp-DirListing-itemText'),
      () => buckets.tab('strongroom-buckets'),
      () => buckets.panel,
    );
    await buckets.entry('rates.csv').waitFor();
    expect(await read('rates.csv')).toContain('3.5');
    await picture(studio, 'buckets-uploaded');
  });

  it('is asked before something is replaced', async () => {
    await put('rates.csv', 'day,rate\n1,4.5\n');
    await buckets.showFiles();
    await buckets.choose(buckets.file('rates.csv'), 'Copy to a Bucket…');
    const dialog = studio.locator('.jp-Dialog');
    expect(await dialog.locator('select').inputValue()).toBe(bucket);
    await picture(studio, 'buckets-destination');
    await dialog.locator('button.jp-mod-accept').click();
    await dialog.getByText('is there already').waitFor();
    await picture(studio, 'buckets-conflict');
    await dialog.getByRole('button', { name: 'Keep Both' }).click();
    await buckets.showBuckets();
    await buckets.entry('rates (1).csv').waitFor();
  });

  it('looks into it without copying it', async () => {
    await buckets.entry('rates (1).csv').focus();
    await studio.keyboard.press('Enter');
    await studio.locator('.sr-ObjectPreview', { hasText: '1,4.5' }).waitFor();
    await picture(studio, 'buckets-preview');
    await studio.locator('.lm-TabBar-tab.jp-mod-current .lm-TabBar-tabCloseIcon').last().click();
  });

  it('reads it in a notebook with boto3 as it is, by the code that the panel writes', async () => {
    await lab.newNotebook();
    await lab.runCell(
      `import boto3\nboto3.client('s3').get_object(Bucket='${bucket}', Key='rates.csv')['Body'].read().decode()`,
    );
    await expect.poll(async () => (await lab.outputs()).at(-1)).toContain('1,3.5');
    await buckets.showBuckets();
    await buckets.choose(buckets.entry('rates.csv'), 'Insert Code to Read It');
    const cell = studio.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').last();
    await expect.poll(() => cell.innerText()).toContain('Key="rates.csv"');
    await picture(studio, 'buckets-code');
    await studio.keyboard.press('Escape');
    await lab.runCell('');
    await expect.poll(async () => (await lab.outputs()).join()).toContain('3.5');
  });

  it('copies what a notebook wrote, with its folders, back to her home', async () => {
    const prompts = studio.locator('.jp-NotebookPanel .jp-CodeCell .jp-InputPrompt');
    await expect.poll(() => prompts.last().innerText()).not.toContain('*');
    await lab.runCell(
      `s3 = boto3.client('s3')\nfor key in ['out/model.bin', 'out/parts/1.txt']: s3.put_object(Bucket='${bucket}', Key=key, Body=b'x' * 3_000_000, ServerSideEncryption='aws:kms')`,
    );
    await buckets.panel.locator('[data-command="strongroom-buckets:refresh"]').click();
    await buckets.choose(buckets.entry('out'), 'Copy to Home');
    await expect.poll(() => read('out/parts/1.txt'), { timeout: 20_000 }).toMatch(/^x{3000000}$/);
    await studio.getByText('Copied “out” to /').waitFor();
    expect(await read('out/model.bin')).toHaveLength(3_000_000);
  });

  it('drags an object over the tab onto a folder of her home', async () => {
    await buckets.drag(
      buckets.entry('rates.csv'),
      () => buckets.tab('filebrowser'),
      () => buckets.file('out').locator('.jp-DirListing-itemText'),
    );
    await expect.poll(() => read('out/rates.csv')).toContain('3.5');
  });

  it('copies to a folder that she picks', async () => {
    await buckets.showBuckets();
    await buckets.choose(buckets.entry('rates (1).csv'), 'Copy to a Folder of the Home…');
    const dialog = studio.locator('.jp-Dialog');
    await dialog.locator('.jp-DirListing-item', { hasText: 'out' }).dblclick();
    await dialog.locator('.jp-DirListing-item', { hasText: 'parts' }).dblclick();
    await dialog
      .locator('.jp-DirListing-item', { hasText: 'parts' })
      .waitFor({ state: 'detached' });
    await picture(studio, 'buckets-folder');
    await dialog.locator('button.jp-mod-accept').click();
    await expect.poll(() => read('out/parts/rates (1).csv')).toContain('4.5');
  });

  it('uploads a folder that she chose in her home', async () => {
    await buckets.panel.getByRole('button', { name: 'Buckets', exact: true }).click();
    await buckets.entry(bucket).dblclick();
    await buckets.entry('rates.csv').waitFor();
    await buckets.showFiles();
    await buckets.file('out').click();
    await buckets.showBuckets();
    await buckets.panel.locator('[data-command="strongroom-buckets:upload"]').click();
    const dialog = studio.locator('.jp-Dialog');
    await dialog.getByRole('button', { name: 'Keep Both' }).click();
    await buckets.entry('out (1)').dblclick();
    await buckets.entry('rates.csv').waitFor();
    await buckets.entry('parts').waitFor();
    await picture(studio, 'buckets-folder-uploaded');
    await buckets.panel.getByRole('button', { name: bucket }).click();
    await buckets.entry('rates.csv').waitFor();
  });

  it('cancels a large copy, of which nothing is kept', async () => {
    await lab.runCell(
      `s3.put_object(Bucket='${bucket}', Key='large.bin', Body=b'x' * 200_000_000, ServerSideEncryption='aws:kms')['ResponseMetadata']['HTTPStatusCode']`,
    );
    await buckets.showBuckets();
    await buckets.panel.locator('[data-command="strongroom-buckets:refresh"]').click();
    await buckets.choose(buckets.entry('large.bin'), 'Copy to Home');
    await studio.locator('.sr-Transfer progress[value]').waitFor();
    await picture(studio, 'buckets-progress');
    await studio.locator('.sr-Transfer button').click();
    await studio.getByText('cancelled').waitFor();
    expect(await read('large.bin')).toBe('status 404');
  });

  it('is told the rule where a policy refuses', async () => {
    const refused = await studio.evaluate(async () => {
      const url = '/strongroom/api/buckets/research-reference/object?key=mine.csv';
      const answer = await fetch(url, { method: 'PUT', body: 'x' });
      return (await answer.json()) as { error: { code: string; values: { rule: string } } };
    });
    expect(refused.error).toMatchObject({
      code: 'AccessDenied',
      values: { rule: 'implicit-deny' },
    });
    await buckets.panel.getByRole('button', { name: 'Buckets', exact: true }).click();
    await buckets.entry('research-reference').dblclick();
    await buckets.panel.getByText('Nothing is stored here.').waitFor();
    const upload = buckets.panel.locator('[data-command="strongroom-buckets:upload"]');
    expect(await upload.getAttribute('aria-disabled')).toBe('true');
  });

  it('deletes with the keyboard, once she has confirmed it', async () => {
    await buckets.panel.getByRole('button', { name: 'Buckets', exact: true }).click();
    await buckets.entry(bucket).dblclick();
    await buckets.entry('rates (1).csv').click();
    await studio.keyboard.press('Delete');
    const dialog = studio.locator('.jp-Dialog');
    await dialog.getByText('Delete “rates (1).csv”?').waitFor();
    await picture(studio, 'buckets-delete');
    await studio.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await buckets.entry('rates (1).csv').count()).toBe(1);
    await buckets.entry('rates (1).csv').click();
    await studio.keyboard.press('Delete');
    await dialog.locator('button.jp-mod-warn').click();
    await buckets.entry('rates (1).csv').waitFor({ state: 'detached' });
    expect(await buckets.entry('rates.csv').count()).toBe(1);
  });
});

describe('a Korean colleague of the team', () => {
  it('finds the same objects, in the dark', async () => {
    const studio = await openStudio('bob', { language: 'ko', theme: 'dark' });
    pictureOnFailure(() => studio, 'buckets-ko');
    const buckets = new BucketsPanelPage(studio);
    await buckets.showBuckets();
    await buckets.entry(bucket).dblclick();
    await buckets.entry('rates.csv').click();
    await picture(studio, 'buckets-ko-dark');
    await buckets.choose(buckets.entry('rates.csv'), '홈으로 복사');
    await studio.getByText('복사했습니다').first().waitFor();
    await buckets.entry('rates.csv').click({ button: 'right' });
    await picture(studio, 'buckets-ko-dark-menu');
    await studio.keyboard.press('Escape');
    await buckets.panel.getByRole('searchbox').fill('zzz');
    await buckets.panel.getByText('시작하는 이름이 없습니다').waitFor();
    await picture(studio, 'buckets-ko-dark-none');
    await buckets.panel.getByRole('searchbox').fill('');
    await new LabPage(studio).menu('Settings', 'Theme', '어둡게(고대비)');
    await studio
      .locator('body[data-jp-theme-name="JupyterLab Dark High Contrast"]')
      .waitFor({ state: 'attached' });
    await buckets.entry('rates.csv').click();
    await picture(studio, 'buckets-ko-high-contrast');
  });
});
