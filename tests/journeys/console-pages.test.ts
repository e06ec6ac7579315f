import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { looksOf } from '../support/looks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const newPassword = 'a sentence that the administrator made up';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

/** What axe finds that keeps somebody from using the page. */
async function obstaclesOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe.each(looksOf('korean'))('the console in $language, $theme', ({ language, theme }) => {
  let domain: RunningDomain;
  let consolePage: ConsolePage;
  let page: Page;

  const pages = [
    { name: 'domain', path: '/', shows: ['Domain research', '도메인 research'] },
    {
      name: 'profile',
      path: '/profiles/admin',
      shows: ['User profile admin', '사용자 프로필 admin'],
    },
    {
      name: 'files',
      path: '/profiles/admin?tab=files',
      shows: ['read here even when', '여기에서 파일을'],
    },
    {
      name: 'colleague',
      path: '/profiles/alice',
      shows: ['User profile alice', '사용자 프로필 alice'],
    },
    { name: 'people', path: '/people', shows: ['Add a person', '사용자 관리'] },
    { name: 'apps', path: '/apps', shows: ['Apps of everybody', '모든 사용자의 앱'] },
    { name: 'images', path: '/images', shows: ['strongroom images add', 'strongroom images add'] },
    {
      name: 'instance-types',
      path: '/instance-types',
      shows: ['has its GPUs for itself', '커널은 실행되는 동안 GPU를'],
    },
    { name: 'cost', path: '/cost', shows: ['Month to date', '이번 달 누계'] },
    { name: 'controls', path: '/controls', shows: ['System call filter', '시스템 호출'] },
    {
      name: 'internet-access',
      path: '/internet-access',
      shows: ['What your studio reaches now', '지금 내 스튜디오가'],
    },
    { name: 'policies', path: '/policies', shows: ['Acting as', '자격'] },
    {
      name: 'matrix',
      path: '/policies?tab=matrix',
      shows: ['strongroom:DecideEgress', '대상 사용자'],
    },
    { name: 'documents', path: '/policies?tab=documents', shows: ['studio-owner', 'studio-owner'] },
    { name: 'flows', path: '/flows', shows: ['Every connection', '모든 연결'] },
    { name: 'audit', path: '/audit', shows: ['chained and sealed', '사슬로 연결'] },
    {
      name: 'accesses',
      path: '/profiles/admin?tab=accesses',
      shows: ['What others did', '다른 사람이'],
    },
    { name: 'password', path: '/password', shows: ['New password again', '새 비밀번호'] },
    { name: 'sign-out', path: '/sign-out', shows: ['Sign out?', '로그아웃할까요?'] },
    { name: 'refused', path: '/launch/alice', shows: ['not yours', '본인의 스튜디오가 아닙니다'] },
    { name: 'not-found', path: '/nowhere', shows: ['no such page', '페이지가 없습니다'] },
  ];

  beforeAll(async () => {
    domain = await startDomain();
    consolePage = await ConsolePage.open(await newPerson(browser, { language, theme }), domain);
    page = consolePage.page;
  });

  afterAll(() => domain.remove());

  beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

  it('is signed in to with the keyboard alone', async () => {
    await page.locator('input[autocomplete="username"]').waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await picture(page, `sign-in-${language}-${theme}`);
    // The first field has the focus already.
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText(language === 'ko' ? '올바르지 않습니다' : 'is wrong').waitFor();
    await picture(page, `sign-in-wrong-${language}-${theme}`);
    await page.locator('input[autocomplete="current-password"]').fill('');
    await page.keyboard.type(domain.oneTimePasswords.get('admin') ?? '');
    await page.keyboard.press('Enter');
    await page.locator('input[autocomplete="new-password"]').first().waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await picture(page, `first-password-${language}-${theme}`);
    await consolePage.changePassword(domain.oneTimePasswords.get('admin') ?? '', newPassword);
  });

  it.each(pages)('shows $name without an obstacle', async ({ name, path, shows }) => {
    await consolePage.goTo(path);
    const text = shows[language === 'en' ? 0 : 1] ?? '';
    await page.getByText(text).first().waitFor();
    const loading = page.getByText(language === 'en' ? 'Loading' : '불러오는 중');
    await expect.poll(() => loading.filter({ visible: true }).count()).toBe(0);
    await picture(page, `console-${name}-${language}-${theme}`);
    expect(await obstaclesOn(page)).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const shown = await page.locator('body').innerText();
    // A text that is missing is shown as its key.
    expect(shown).not.toMatch(
      /\b(?:error|people|controls|domain|profile|launch|cost|images|instanceTypes|gpus|appUse|jobs)\.[a-z]\w+/,
    );
  });

  it('says that the files of a page did not come, and reloads', async () => {
    const word = (english: string, korean: string) => (language === 'en' ? english : korean);
    const script = /\/assets\/ControlsPage-.*\.js/;
    // As where a new version has taken their place.
    await page.context().route(script, (route) => route.fulfill({ status: 404 }));
    await consolePage.goTo('/');
    await page.getByRole('link', { name: word('Controls', '보안 통제'), exact: true }).click();
    const title = word('This page could not be loaded', '페이지를 불러오지 못했습니다');
    await page.getByText(title).waitFor();
    await picture(page, `console-not-loaded-${language}-${theme}`);
    expect(await obstaclesOn(page)).toEqual([]);
    // Only that page: others are reached from it.
    await page.getByRole('link', { name: word('My user profile', '내 사용자 프로필') }).click();
    await page.getByText(word('User profile admin', '사용자 프로필 admin')).first().waitFor();
    await page.getByRole('link', { name: word('Controls', '보안 통제'), exact: true }).click();
    await page.getByText(title).waitFor();
    await page.context().unroute(script);
    await page.getByRole('button', { name: word('Reload', '새로 고침'), exact: true }).click();
    await page.getByText(word('System call filter', '시스템 호출')).first().waitFor();
  });

  it('says in both languages that the console itself did not come', async () => {
    const script = /\/assets\/main-.*\.js/;
    const stranger = await newPerson(browser, { language, theme });
    await stranger.route(script, (route) => route.abort());
    const { page: other } = await ConsolePage.open(stranger, domain);
    const alert = other.getByRole('alert');
    await alert.getByText('could not be loaded').waitFor();
    await alert.getByText('불러오지 못했습니다').waitFor();
    expect(await obstaclesOn(other)).toEqual([]);
    await picture(other, `console-not-started-${language}-${theme}`);
    await stranger.unroute(script);
    await alert.getByRole('button').click();
    await other.locator('input[autocomplete="username"]').waitFor();
    await stranger.close();
  });

  it('adds, disables and removes a person', async () => {
    const word = (english: string, korean: string) => (language === 'en' ? english : korean);
    await consolePage.goTo('/people');
    await page.getByRole('button', { name: word('Add a person', '사용자 추가') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input:focus').waitFor();
    await page.keyboard.type('carol');
    await dialog.getByLabel(word('Full name', '성명'), { exact: true }).fill('Carol Song');
    await picture(page, `people-add-${language}-${theme}`);
    expect(await obstaclesOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: word('Add', '추가'), exact: true }).click();
    const password = await page.locator('.one-time-password').innerText();
    await picture(page, `people-one-time-${language}-${theme}`);
    await dialog
      .getByRole('button', { name: word('Close', '닫기') })
      .last()
      .click();

    const carol = await ConsolePage.open(await newPerson(browser, { language, theme }), domain);
    await carol.signIn('carol', password);
    await carol.changePassword(password, 'a sentence that carol made up');

    const row = page.locator('tr', { hasText: 'carol' });
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: word('Disable', '사용 중지') }).click();
    await dialog.getByRole('button', { name: word('Disable', '사용 중지') }).click();
    await row.getByText(word('Disabled', '사용 중지')).waitFor();
    // Signed out by it: the next thing asked for brings back the page to sign in on.
    await carol.page.locator('input[autocomplete="username"]').waitFor();

    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: word('Remove', '제거') }).click();
    const confirm = dialog.getByRole('button', { name: word('Remove', '제거'), exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('carol');
    await picture(page, `people-remove-${language}-${theme}`);
    await confirm.click();
    await row.waitFor({ state: 'detached' });
  });
});
