import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { looksOf } from '../support/looks.ts';
import { OutsideGit } from '../support/outside-git.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { hostile, hostileName, notebook, png } from '../support/repository-files.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const password = 'a sentence that somebody made up';
const name = 'risk.models';
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function obstaclesOn(page: Page): Promise<string[]> {
  // The frame is another origin's page, with tests of its own.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe.each(looksOf('korean'))(
  'a hosted repository in $language, $theme',
  ({ language, theme }) => {
    let domain: RunningDomain;
    let alice: ConsolePage;
    let bob: ConsolePage;
    let page: Page;
    /** Alice's computer outside the studios, and Bob's. */
    let git: OutsideGit;
    let bobsGit: OutsideGit;

    const word = <Text>(english: Text, korean: Text) => (language === 'en' ? english : korean);
    const button = (label: string | RegExp) =>
      page.getByRole('button', { name: label, exact: typeof label === 'string' });
    const inDialog = (label: string) =>
      page.getByRole('dialog').getByRole('button', { name: label, exact: true });
    const tab = (label: string) => page.getByRole('tab', { name: label, exact: true });
    const frame = (): FrameLocator => page.frameLocator('iframe');
    const row = (text: string) => page.locator('tr', { hasText: text });
    const outsideUrl = () => `${domain.consoleUrl}/v1/repos/${name}`;

    const showWithinWindow = async (what: string) => {
      await picture(page, `repository-${what}-${language}-${theme}`);
      const width = '[document.documentElement.scrollWidth, innerWidth]';
      const [needed = 0, given] = await page.evaluate<number[]>(width);
      expect(needed).toBeLessThanOrEqual(given ?? 0);
    };
    const show = async (what: string) => {
      await showWithinWindow(what);
      expect(await obstaclesOn(page)).toEqual([]);
      const shown = await page.locator('body').innerText();
      // A text that is missing is shown as its key.
      expect(shown).not.toMatch(/\b(?:repositories|tokens|comparison|notebooks|error)\.[a-z]\w+/);
      expect(await page.title()).toMatch(/Strongroom$/);
    };
    const makeToken = async (tokenName: string): Promise<string> => {
      await button(word('Create token', '토큰 만들기')).click();
      await page.locator('input:focus').fill(tokenName);
      await page
        .getByRole('dialog')
        .getByRole('radio', { name: word('Read and write', '읽기와 쓰기') })
        .check({ force: true });
      await show('create-token');
      await page.keyboard.press('Enter');
      const secret = await page.locator('.new-token').innerText();
      await show('new-token');
      await inDialog(word('I have copied it', '복사했습니다')).click();
      await row(tokenName).waitFor();
      return secret;
    };

    beforeAll(async () => {
      domain = await startDomain();
      const enter = async (profileName: string) => {
        const context = await newPerson(browser, { language, theme });
        const consolePage = await ConsolePage.open(context, domain);
        const oneTime = domain.oneTimePasswords.get(profileName) ?? '';
        await consolePage.signIn(profileName, oneTime);
        await consolePage.changePassword(oneTime, password);
        return consolePage;
      };
      [alice, bob] = [await enter('alice'), await enter('bob')];
    });
    afterAll(async () => {
      await git?.close();
      await bobsGit?.close();
      await domain?.remove();
    });
    beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

    it('is created on the page, which says what its name may be and what to do first', async () => {
      page = alice.page;
      await page
        .getByRole('link', { name: word('Repositories', '리포지토리'), exact: true })
        .click();
      await page.getByText(word('Create the first one', '첫 리포지토리를 만든')).waitFor();
      await show('none');
      await button(word('Create repository', '리포지토리 만들기')).click();
      await page.locator('input:focus').fill('위험/models');
      await page.getByText('위 험 /').waitFor();
      expect(await inDialog(word('Create', '만들기')).isDisabled()).toBe(true);
      await page.getByRole('dialog').locator('input').first().fill(name);
      await page.getByRole('dialog').locator('textarea').fill(`${hostile} 신용 위험 모델`);
      await inDialog(word('Add', '추가')).click();
      await show('create');
      // A line in which nobody is chosen has to be finished or taken away.
      expect(await inDialog(word('Create', '만들기')).isDisabled()).toBe(true);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: word('Remove', '제거') })
        .click();
      await inDialog(word('Create', '만들기')).click();
      await page
        .getByRole('heading', { name: word('This repository is empty', '비어 있는 리포지토리') })
        .waitFor();
      await page.getByText('git clone https://git-codecommit').waitFor();
      await show('first-steps');
      await button(word('Outside', '외부에서')).click();
      await page.getByText(`git clone ${outsideUrl()}`).waitFor();
    });

    it('is cloned and pushed to by an ordinary Git outside, with a token made on the page', async () => {
      await page
        .locator('#content')
        .getByRole('link', { name: word('Personal tokens', '개인 토큰') })
        .click();
      await page.getByText(word('You have no personal token', '개인 토큰이 없습니다')).waitFor();
      await show('no-tokens');
      git = await OutsideGit.open({ profileName: 'alice', token: await makeToken('laptop') });
      await show('tokens');

      await git.must('clone', '--quiet', outsideUrl(), 'work');
      await git.commit('work', 'First commit', {
        'README.md': '# Risk models\n\nHow **rates** are made.\n',
        'rates.py': 'rate = 0.5\n\n\ndef next_rate():\n    return rate\n',
        'notebooks/credit 신용.ipynb': notebook('0.5'),
        'images/plot.png': png,
        [`odd/${hostileName}`]: `print("${hostile}")\n`,
      });
      await git.must('-C', 'work', 'push', '--quiet', 'origin', 'HEAD:main');
      await git.must('-C', 'work', 'switch', '--quiet', '--create', 'feature/rates');
      await git.commit('work', `Higher rates ${hostile}`, {
        'rates.py': 'rate = 0.7\n\n\ndef next_rate():\n    return rate',
        'notebooks/credit 신용.ipynb': notebook('0.7'),
      });
      await git.must('-C', 'work', 'push', '--quiet', 'origin', 'feature/rates');
    });

    it('is browsed: folders, read-me, notebooks and images, at an address that can be linked', async () => {
      await alice.goTo(`/repositories/${name}`);
      await row('rates.py').waitFor();
      await frame().getByRole('heading', { name: 'Risk models' }).waitFor();
      await show('files');
      await page.getByRole('link', { name: word('Folder notebooks', 'notebooks 폴더') }).click();
      await page.getByRole('link', { name: /credit 신용/ }).click();
      await frame().getByRole('heading', { name: 'Credit risk' }).waitFor();
      await frame().getByText('rate = 0.5').waitFor();
      await show('notebook');
      expect(new URL(page.url()).searchParams.get('path')).toBe('notebooks/credit 신용.ipynb');
      await page.goBack();
      await page.goBack();
      await row('rates.py').waitFor();

      await alice.goTo(`/repositories/${name}/file?path=images/plot.png&revision=feature/rates`);
      await page.locator('img.file-image').waitFor();
      await show('image');
      await alice.goTo(`/repositories/${name}?path=odd`);
      await page.getByRole('link', { name: /img src=x/ }).click();
      await page.locator('.text-file', { hasText: 'print' }).waitFor();
      await show('text');
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: word('Download', '다운로드') }).click(),
      ]);
      expect(await download.failure()).toBeNull();
    });

    it('shows its commits, and what they change: lines of text, notebooks by cell', async () => {
      await tab(word('Commits', '커밋')).click();
      await row('First commit').waitFor();
      await button(word(/^Branch or revision/, /^브랜치 또는 리비전/)).click();
      await page.getByRole('option', { name: 'feature/rates' }).click();
      await row('Higher rates').waitFor();
      expect(new URL(page.url()).searchParams.get('revision')).toBe('feature/rates');
      await show('commits');
      await page.getByRole('link', { name: /Higher rates/ }).click();
      const changed = page.getByRole('table', { name: word(/rates\.py/, /rates\.py/) });
      await changed.locator('.diff-removed', { hasText: 'rate = 0.5' }).waitFor();
      await changed.locator('.diff-added', { hasText: 'rate = 0.7' }).waitFor();
      await changed.getByText(word('No line break', '줄 바꿈 없음')).waitFor();
      await page.locator('.diff-cell .diff-added mark', { hasText: '7' }).waitFor();
      await show('commit');
      await page.setViewportSize({ width: 480, height: 860 });
      await showWithinWindow('commit-narrow');
      await page.setViewportSize({ width: 1360, height: 860 });
      await alice.goTo(`/repositories/${name}/commits?path=rates.py&revision=main`);
      await row('First commit').waitFor();
      expect(await row('Higher rates').count()).toBe(0);
      await alice.goTo(`/repositories/${name}?revision=nowhere`);
      await page.getByText(word('There is no such branch', '그런 브랜치')).waitFor();
      await show('no-revision');
    });

    it('keeps the history of a branch that is protected on the page', async () => {
      await tab(word('Branches', '브랜치')).click();
      await row('feature/rates').getByText(word('1 commit ahead', '커밋 1개 앞섬')).waitFor();
      // The default branch is from the beginning.
      await row('First commit').getByText(word('Protected', '보호됨')).waitFor();
      await button(word('Actions for feature/rates', 'feature/rates 작업')).click();
      await page.getByRole('menuitem', { name: word('Protect', '보호'), exact: true }).click();
      await row('feature/rates').getByText(word('Protected', '보호됨')).waitFor();
      await show('branches');
      const rewrite = ['-C', 'work', 'push', '--force', 'origin', 'HEAD:feature/rates'];
      await git.must('-C', 'work', 'commit', '--quiet', '--amend', '--message', 'Rewritten');
      const refused = await git.run(...rewrite);
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(/remote: .*feature\/rates/);
      expect((await git.run('-C', 'work', 'push', 'origin', ':main')).code).not.toBe(0);
      await button(word('Actions for feature/rates', 'feature/rates 작업')).click();
      const ending = word('End protection', '보호 해제');
      await page.getByRole('menuitem', { name: ending, exact: true }).click();
      await show('end-protection');
      await inDialog(ending).click();
      await row('feature/rates')
        .getByText(word('Protected', '보호됨'))
        .waitFor({ state: 'detached' });
      await git.must(...rewrite);
    });

    it('is opened to a colleague, who reads it and is refused a push', async () => {
      page = bob.page;
      await bob.goTo('/repositories');
      await page
        .getByText(word('No repository is open to you', '사용할 수 있는 리포지토리가'))
        .waitFor();
      await bob.goTo(`/repositories/${name}`);
      await page.getByText(word('This repository is not there', '이 리포지토리를 볼 수')).waitFor();
      await show('refused');

      page = alice.page;
      await tab(word('Settings', '설정')).click();
      await page
        .locator('#content')
        .getByRole('button', { name: word('Add', '추가') })
        .click();
      await button(word(/Choose a person or a team/, /사람이나 팀 선택/)).click();
      await page.getByRole('option', { name: /Bob/ }).click();
      await show('settings');
      await button(word('Save', '저장')).nth(1).click();
      await page.getByText(word('Saved', '저장했습니다')).waitFor();

      page = bob.page;
      await bob.goTo('/repositories');
      await row(name).getByText(word('Read', '읽기'), { exact: true }).waitFor();
      await show('list');
      await page.getByRole('link', { name, exact: true }).click();
      await row('rates.py').waitFor();
      expect(await tab(word('Settings', '설정')).count()).toBe(0);
      await button(word('Clone', '복제')).click();
      await page.getByRole('dialog').getByText(outsideUrl()).waitFor();
      await show('clone');
      await page
        .getByRole('dialog')
        .getByRole('link', { name: word('Personal tokens', '개인 토큰') })
        .click();
      bobsGit = await OutsideGit.open({ profileName: 'bob', token: await makeToken('desk') });
      await bobsGit.must('clone', '--quiet', outsideUrl(), 'work');
      await bobsGit.commit('work', 'Mine', { 'mine.txt': 'mine\n' });
      const refused = await bobsGit.run('-C', 'work', 'push', 'origin', 'HEAD:main');
      expect(refused.code).not.toBe(0);
    });

    it('is closed to Git where a token is ended', async () => {
      await button(word('End desk', 'desk 폐기')).click();
      await show('end-token');
      await inDialog(word('End token', '토큰 폐기')).click();
      await page.getByText(word('Token ended: desk', '토큰을 폐기했습니다: desk')).waitFor();
      expect((await bobsGit.run('-C', 'work', 'fetch', 'origin')).code).not.toBe(0);
    });

    it('is deleted once its name is typed, and is gone for everybody', async () => {
      page = alice.page;
      await button(word('Delete repository', '리포지토리 삭제')).click();
      expect(await inDialog(word('Delete repository', '리포지토리 삭제')).isDisabled()).toBe(true);
      await page.locator('input:focus').fill(name);
      await show('delete');
      await page.keyboard.press('Enter');
      await page.getByText(word('Create the first one', '첫 리포지토리를 만든')).waitFor();
      expect((await git.run('ls-remote', outsideUrl())).code).not.toBe(0);
    });
  },
);
