import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { looksOf } from '../support/looks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const password = 'a sentence that somebody made up';
const bucket = 'research-risk-models';
const alias = 'alias/strongroom-data';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The default domain, with Bob in another team than Alice. */
async function startDomainOfTwoTeams(): Promise<RunningDomain> {
  const first = await startDomain();
  await first.stop();
  const path = join(first.folder, 'strongroom.yaml');
  const file = await readFile(path, 'utf8');
  const bob = 'displayName: Bob\n    role: data-scientist\n    team: ';
  await writeFile(path, file.replace(`${bob}risk-models`, `${bob}platform`));
  const { oneTimePasswords } = first;
  return { ...(await first.restart()), oneTimePasswords };
}

async function obstaclesOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe.each(looksOf('english'))(
  'buckets in the console in $language, $theme',
  ({ language, theme }) => {
    let domain: RunningDomain;
    let alice: ConsolePage;
    let bob: ConsolePage;
    let admin: ConsolePage;
    let page: Page;

    const word = (english: string, korean: string) => (language === 'en' ? english : korean);
    const content = randomBytes(3 * 1024 * 1024);

    beforeAll(async () => {
      domain = await startDomainOfTwoTeams();
      const enter = async (name: string) => {
        const context = await newPerson(browser, { language, theme });
        const consolePage = await ConsolePage.open(context, domain);
        await consolePage.signIn(name, domain.oneTimePasswords.get(name) ?? '');
        await consolePage.changePassword(domain.oneTimePasswords.get(name) ?? '', password);
        return consolePage;
      };
      [alice, bob, admin] = [await enter('alice'), await enter('bob'), await enter('admin')];
    });
    afterAll(() => domain.remove());
    beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

    const show = async (name: string) => {
      await picture(page, `storage-${name}-${language}-${theme}`);
      expect(await obstaclesOn(page)).toEqual([]);
      // A text that is missing is shown as its key.
      expect(await page.locator('body').innerText()).not.toMatch(
        /\b(?:buckets|objects|uploads|keys|error)\.[a-z]\w+/,
      );
    };
    const row = (name: string) => page.locator('tr', { hasText: name });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const inDialog = (name: string) =>
      page.getByRole('dialog').getByRole('button', { name, exact: true });
    const choose = (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
    const startDownload = (name: string) =>
      page
        .getByRole('button', { name: word(`Download ${name}`, `${name} 다운로드`) })
        .last()
        .click();
    const download = async (name: string) => {
      const [started] = await Promise.all([page.waitForEvent('download'), startDownload(name)]);
      expect(started.suggestedFilename()).toBe(name);
      return readFile(await started.path());
    };

    it('Alice uploads a file, by button and by dropping it', async () => {
      page = alice.page;
      await page.getByRole('link', { name: word('Buckets', '버킷'), exact: true }).click();
      await row(bucket).getByText(word('Read and write', '읽기와 쓰기')).waitFor();
      await show('buckets');
      await page.getByRole('link', { name: bucket }).click();
      await page.getByText(word('Nothing here yet', '아직 비어 있습니다')).waitFor();
      await show('empty-bucket');

      await button(word('Create folder', '폴더 만들기')).click();
      await page.locator('input:focus').waitFor();
      await page.keyboard.type('rates');
      await show('create-folder');
      await page.keyboard.press('Enter');
      // The new folder's own field for files, and not the one of before.
      await page.getByText(`${bucket}/rates/`).waitFor();

      await choose('2026 1월.csv', content);
      await row('2026 1월.csv').waitFor();
      // In the browser's words, which Node.js does not know.
      const dropped = await page.evaluateHandle<unknown>(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      return transfer;
    })()`);
      const place = page.getByText(word('Drop files here', '여기에 놓으면'));
      await place.dispatchEvent('drop', { dataTransfer: dropped });
      await row('dropped.txt').waitFor();
      await page.getByText(word('files uploaded', '업로드했습니다')).waitFor();
      await show('uploaded');
    });

    it('Alice downloads it byte-identical, and is asked before it is replaced', async () => {
      page = alice.page;
      expect((await download('2026 1월.csv')).equals(content)).toBe(true);
      await choose('2026 1월.csv', Buffer.from('replaced'));
      await inDialog(word('Replace', '바꾸기')).waitFor();
      await show('replace');
      await inDialog(word('Replace', '바꾸기')).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await row('2026 1월.csv').getByText('8 B').waitFor();
      expect((await download('2026 1월.csv')).toString()).toBe('replaced');
    });

    it('Alice deletes a file after a question, and finds the others by their first letters', async () => {
      page = alice.page;
      await page
        .getByRole('checkbox', { name: word('Select dropped.txt', 'dropped.txt 선택') })
        .check({ force: true });
      await button(word('Delete', '삭제')).click();
      await show('delete');
      await inDialog(word('Delete', '삭제')).click();
      await row('dropped.txt').waitFor({ state: 'detached' });
      await page.getByPlaceholder(word('first letters', '앞 글자')).fill('2027');
      await page.getByText(word('No name here begins with that', '그 글자로 시작하는')).waitFor();
      await page.getByPlaceholder(word('first letters', '앞 글자')).fill('2026');
      await row('2026 1월.csv').waitFor();
    });

    it('Bob, of another team, is refused and told by which rule', async () => {
      page = bob.page;
      await bob.goTo('/buckets');
      await row('research-reference').waitFor();
      expect(await row(bucket).count()).toBe(0);
      await bob.goTo(`/buckets/${bucket}?prefix=rates/`);
      await page.getByText('implicit-deny').waitFor();
      await show('refused');
      const status = await page.evaluate(
        async (path) => (await fetch(path)).status,
        [`/api/buckets/${bucket}/objects/content?key=rates/2026 1월.csv`].join(''),
      );
      expect(status).toBe(403);
    });

    it('an administrator sees the bucket as such, and not what is in it', async () => {
      page = admin.page;
      await admin.goTo('/buckets');
      await row(bucket).getByText('strongroom-data').waitFor();
      await show('all-buckets');
      await page.getByRole('link', { name: bucket }).first().click();
      await page.getByText(`bucket-${bucket}`).click();
      await page.getByText('OnlySealedByKms').waitFor();
      await show('bucket-details');
      await admin.goTo(`/buckets/${bucket}`);
      await page.getByText('implicit-deny').waitFor();
    });

    it('an administrator disables the key after reading what becomes unreadable', async () => {
      page = admin.page;
      await admin.goTo('/keys');
      await page.getByText(word('alice, in the console', 'alice(콘솔')).waitFor();
      await show('keys');
      await page
        .getByRole('button', { name: word(`Actions for ${alias}`, `${alias} 작업`) })
        .click();
      await page.getByRole('menuitem', { name: word('Disable', '사용 중지') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('row', { name: bucket }).waitFor();
      const confirm = inDialog(word('Disable', '사용 중지'));
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill(alias);
      await show('disable-key');
      await confirm.click();
      await page.getByText(word('Unreadable now', '지금 읽을 수 없는')).waitFor();
      await show('key-disabled');
    });

    it('Alice’s download says so, and works again once the key is enabled', async () => {
      page = alice.page;
      await startDownload('2026 1월.csv');
      await page.getByText(word('cannot be used', '키를 사용할 수 없습니다')).waitFor();
      await show('key-unavailable');

      page = admin.page;
      await page
        .getByRole('button', { name: word(`Actions for ${alias}`, `${alias} 작업`) })
        .click();
      await page.getByRole('menuitem', { name: word('Enable', '사용'), exact: true }).click();
      await inDialog(word('Enable', '사용')).click();
      // The other key's card says all the time what it is needed for.
      await page
        .getByText(word('Unreadable now', '지금 읽을 수 없는'))
        .waitFor({ state: 'hidden' });

      page = alice.page;
      expect((await download('2026 1월.csv')).toString()).toBe('replaced');
    });

    it('all of it is in the audit trail', async () => {
      page = admin.page;
      await admin.goTo('/audit?event=object-downloaded');
      await page.getByText('object-downloaded').first().waitFor();
      await page.getByText('object-uploaded').first().waitFor();
      await show('audit');
    });
  },
);
