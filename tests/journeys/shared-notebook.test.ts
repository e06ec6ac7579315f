import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { looksOf } from '../support/looks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const password = 'a sentence that somebody made up';
const title = 'credit risk 신용.ipynb';
const plotted = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120">
  <polyline points="0,100 80,40 160,70 320,10" fill="none" stroke="crimson" stroke-width="3"/>
</svg>`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function code(id: string, source: string, ...outputs: readonly object[]) {
  return { cell_type: 'code', id, source, metadata: {}, execution_count: 1, outputs };
}

function notebook(rate: string): object {
  const plot = {
    ...{ output_type: 'display_data', metadata: {} },
    data: { 'image/svg+xml': plotted, 'text/plain': '<Figure>' },
  };
  return {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: [
      { cell_type: 'markdown', id: 'head', metadata: {}, source: '# Credit risk\n\nBy quarter' },
      code('rate', `rate = ${rate}`),
      code('plot', 'plot(rate)', plot),
    ],
  };
}

async function obstaclesOn(page: Page): Promise<string[]> {
  // The frame is another origin's page, with tests of its own.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe.each(looksOf('english'))(
  'a shared notebook in $language, $theme',
  ({ language, theme }) => {
    let domain: RunningDomain;
    /** Alice's studio, as a program of hers would use it. */
    let studio: ApiClient;
    let alice: ConsolePage;
    let bob: ConsolePage;
    let shareId: string;
    let link: string;
    let alicesPassword: string;
    let carolsPassword: string;
    let page: Page;

    const word = <Text>(english: Text, korean: Text) => (language === 'en' ? english : korean);
    const button = (name: string | RegExp) =>
      page.getByRole('button', { name, exact: typeof name === 'string' });
    const inDialog = (name: string) =>
      page.getByRole('dialog').getByRole('button', { name, exact: true });
    const frame = (): FrameLocator => page.frameLocator('iframe');
    const row = (name: string) => page.locator('tr', { hasText: name });

    const show = async (name: string) => {
      await picture(page, `share-${name}-${language}-${theme}`);
      expect(await obstaclesOn(page)).toEqual([]);
      // A text that is missing is shown as its key.
      expect(await page.locator('body').innerText()).not.toMatch(
        /\b(?:shares|comparison|notebooks|error)\.[a-z]\w+/,
      );
    };
    const openPerson = async () => {
      const context = await newPerson(browser, { language, theme });
      return new ConsolePage(await context.newPage(), domain);
    };
    const prefer = (client: ApiClient) =>
      client.console('/api/preferences', { method: 'PUT', body: { language, theme } });
    /** Of Alice's and Bob's team, and not named in the share. */
    const addCarol = async () => {
      const admin = new ApiClient(domain);
      await admin.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
      const added = await admin.console('/api/profiles', {
        method: 'POST',
        body: {
          ...{ profileName: 'carol', displayName: 'Carol', role: 'data-scientist' },
          team: 'risk-models',
        },
      });
      const carol = new ApiClient(domain);
      const chosen = await carol.firstSignIn('carol', added.json.oneTimePassword);
      await prefer(carol);
      return chosen;
    };
    const save = async (rate: string) => {
      const path = `/api/contents/${encodeURIComponent(title)}`;
      const body = { type: 'notebook', format: 'json', content: notebook(rate) };
      expect((await studio.studio('alice', path, { method: 'PUT', body })).status).toBeLessThan(
        300,
      );
    };

    beforeAll(async () => {
      domain = await startDomain();
      studio = new ApiClient(domain);
      alicesPassword = await studio.firstSignIn(
        'alice',
        domain.oneTimePasswords.get('alice') ?? '',
      );
      await prefer(studio);
      carolsPassword = await addCarol();
      await studio.openStudio('alice');
      await save('0.5');
      const shared = await studio.studio('alice', '/strongroom/api/shares', {
        method: 'POST',
        body: {
          ...{ path: title, includesOutputs: true, acceptsWarnings: true },
          audience: { everyone: false, teams: [], people: ['bob'] },
          expiresAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
          note: word('Look at the plot', '그래프를 봐 주세요'),
        },
      });
      ({ shareId, url: link } = shared.json);
      bob = await openPerson();
      alice = await openPerson();
    });
    afterAll(() => domain.remove());
    beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

    it('is shown to the colleague whose link it is, once he has signed in', async () => {
      page = bob.page;
      await page.goto(link);
      const oneTime = domain.oneTimePasswords.get('bob') ?? '';
      await bob.signIn('bob', oneTime);
      await page.locator('input[autocomplete="new-password"]').first().waitFor();
      await page.locator('input[autocomplete="current-password"]').fill(oneTime);
      await page.locator('input[autocomplete="new-password"]').nth(0).fill(password);
      await page.locator('input[autocomplete="new-password"]').nth(1).fill(password);
      await page.keyboard.press('Enter');
      await page.getByText(word('Read-only', '읽기 전용')).waitFor();
      expect(page.url()).toBe(link);
      await page.getByText(word('Look at the plot', '그래프를 봐 주세요')).waitFor();
      await frame().getByRole('heading', { name: 'Credit risk' }).waitFor();
      await frame().locator('img').first().waitFor();
      await button('Credit risk').waitFor();
      await show('view');
    });

    it('cannot be edited, and keeps its scripts and its cookies apart', async () => {
      expect(await frame().locator('textarea, [contenteditable="true"]').count()).toBe(0);
      const read = await page.evaluate(
        async (path) => (await fetch(path, { method: 'PUT' })).status,
        `/api/shares/${shareId}/versions/1/notebook`,
      );
      expect(read).toBeGreaterThanOrEqual(400);
      const origin = await page.frames()[1]?.evaluate('self.origin');
      expect(origin).toBe('null');
    });

    it('is searched with the keys that search a page', async () => {
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('Control+f');
      await page.keyboard.type('rate');
      await page.locator('.share-find-count', { hasText: /[2-9]/ }).waitFor();
      await page.keyboard.press('Escape');
      // From within the frame, too.
      await frame().getByText('By quarter').click();
      await page.keyboard.press('Control+f');
      await page.locator('.share-find input:focus').waitFor();
    });

    it('is commented on by cell, with its owner mentioned', async () => {
      await page.getByRole('tab', { name: word('Comments', '댓글') }).click();
      await frame()
        .getByRole('button', { name: word('Comment on cell 3', '셀 3에 댓글 달기') })
        .click();
      await page.locator('textarea:focus').waitFor();
      await page.keyboard.type('@ali');
      await page.getByRole('option', { name: 'alice' }).waitFor();
      await show('mention');
      await page.keyboard.press('Enter');
      await page.keyboard.type(word('is this of November?', '11월 자료인가요?'));
      await page.keyboard.press('Control+Enter');
      const comment = page.locator('.share-comment');
      await comment.getByText('@alice').waitFor();
      await comment.getByText(word('Cell 3', '셀 3')).waitFor();
      expect(await comment.locator('b', { hasText: '@alice' }).count()).toBe(1);
      await show('comment');
    });

    it('is copied to his own studio and opened there', async () => {
      await button(word('Copy to my studio', '내 스튜디오로 복사')).click();
      const open = page.getByRole('link', {
        name: word('Open in my studio', '내 스튜디오에서 열기'),
      });
      await open.waitFor();
      await show('copied');
      const [tab] = await Promise.all([page.context().waitForEvent('page'), open.click()]);
      await tab.waitForURL(`${domain.studioUrl('bob')}/lab/tree/**`);
      await tab.locator('.jp-Notebook').getByText('rate = 0.5').first().waitFor();
      await tab.close();
    });

    it('is compared with that copy, and with a new version of its owner', async () => {
      await save('0.7');
      const added = await studio.studio('alice', `/strongroom/api/shares/${shareId}/versions`, {
        method: 'POST',
        body: { path: title, includesOutputs: true, acceptsWarnings: true, note: '' },
      });
      expect(added.status).toBeLessThan(300);
      // The open page offers the new version and goes on showing what it showed.
      await button(word('Show it', '보기')).click();
      await frame().getByText('0.7').waitFor();
      await button(word('Compare', '비교')).click();
      await page.locator('.diff-removed mark', { hasText: '5' }).waitFor();
      await page.locator('.diff-added mark', { hasText: '7' }).waitFor();
      await show('compare');
      await bob.goTo(`/shares/${shareId}/compare?before=2&after=mine`);
      await button(word('Choose a notebook', '노트북 선택')).click();
      await show('choose');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /\.ipynb$/ })
        .click();
      await page.locator('.diff-removed mark', { hasText: '7' }).waitFor();
      await bob.goTo(`/shares/${shareId}`);
      await frame().getByText('0.7').waitFor();
    });

    it('is refused to a third person, who learns nothing of it', async () => {
      const carol = await openPerson();
      page = carol.page;
      await page.goto(link);
      await carol.signIn('carol', carolsPassword);
      await page
        .getByRole('heading', {
          name: word('You cannot see this notebook', '이 노트북을 볼 수 없습니다'),
        })
        .waitFor();
      await show('refused');
      expect(await page.locator('iframe').count()).toBe(0);
      expect(await page.locator('body').innerText()).not.toMatch(/credit|alice/i);
      expect(await page.title()).not.toContain('credit');
      await page.close();
    });

    it('tells its owner who looked, who copied and who was refused', async () => {
      page = alice.page;
      await alice.goTo('/shares?list=mine');
      await alice.signIn('alice', alicesPassword);
      await row(title).waitFor();
      await show('mine');
      await button(word(/^Actions for/, /작업$/)).click();
      await page
        .getByRole('menuitem', { name: word('Who looked', '조회 기록'), exact: true })
        .click();
      await row('carol').getByText(word('Refused', '거부됨')).waitFor();
      await row('bob').getByText(word('Viewed', '조회')).first().waitFor();
      await row('bob').getByText(word('Copied to their studio', '스튜디오로 복사')).waitFor();
      await show('viewers');
      await inDialog(word('Close', '닫기')).last().click();
    });

    it('is extended by its owner, not beyond what the domain allows', async () => {
      await button(word(/^Actions for/, /작업$/)).click();
      await page.getByRole('menuitem', { name: word('Extend', '연장'), exact: true }).click();
      const day = page.getByRole('dialog').locator('input').first();
      await day.fill('2999/01/01');
      await page.getByText(word('that the domain allows', '도메인이 허용하는')).waitFor();
      expect(await inDialog(word('Save', '저장')).isDisabled()).toBe(true);
      await show('extend');
      const later = new Date(Date.now() + 9 * 86_400_000);
      await day.fill(later.toISOString().slice(0, 10).replaceAll('-', '/'));
      await inDialog(word('Save', '저장')).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await row(title)
        // Until the end of that day: nearly ten days, just after midnight.
        .getByText(word(/in ([89]|10) days/, /([89]|10)일 후/))
        .waitFor();
    });

    it('is gone from the colleague’s open page once its owner revokes it', async () => {
      await button(word(/^Actions for/, /작업$/)).click();
      await page.getByRole('menuitem', { name: word('Revoke', '공유 중지'), exact: true }).click();
      await page.getByRole('dialog').getByText('bob').waitFor();
      await show('revoke');
      await inDialog(word('Revoke', '공유 중지')).click();
      await row(title).getByText(word('Revoked', '중지됨')).waitFor();
      // It has ended, so nothing says that it will.
      expect(await row(title).innerText()).not.toMatch(/in \d+ days|\d+일 후/);

      page = bob.page;
      await page.bringToFront();
      await page
        .getByRole('heading', { name: word('This share was revoked', '공유가 중지되었습니다') })
        .waitFor();
      await page.getByText(word(/Alice\W+revoked it on/, /Alice\W+님이/)).waitFor();
      expect(await page.locator('iframe').count()).toBe(0);
      await show('revoked');
    });

    it('leaves its pages empty of what is over for the colleague', async () => {
      await bob.goTo('/shares');
      await page
        .getByText(word('Nobody has shared a notebook with you', '나에게 공유된 노트북이 없습니다'))
        .waitFor();
      await show('with-me-empty');
    });
  },
);
