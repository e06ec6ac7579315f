import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { type DomainWithPolicy, startDomainWithPolicy } from '../support/domain-with-policy.ts';
import { looksOf } from '../support/looks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';

const password = 'a sentence that the administrator made up';
/** In force, and not what it looks like: nobody has both. */
const contradiction = {
  ...{ Sid: 'Guests', Effect: 'Allow', Action: 'sagemaker:DescribeDomain', Resource: '*' },
  Condition: {
    StringEquals: { 'aws:PrincipalTag/strongroom-team': 'guests' },
    StringNotEquals: { 'aws:PrincipalTag/strongroom-team': 'guests' },
  },
};

let browser: Browser;
let running: DomainWithPolicy;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

async function obstacles(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe.each(looksOf('korean'))('who can do what, in $language, $theme', ({ language, theme }) => {
  const word = (english: string, korean: string) => (language === 'en' ? english : korean);
  let consolePage: ConsolePage;

  beforeAll(async () => {
    running = await startDomainWithPolicy(contradiction);
    const { domain } = running;
    consolePage = await ConsolePage.open(await newPerson(browser, { language, theme }), domain);
    page = consolePage.page;
    const oneTimePassword = domain.oneTimePasswords.get('admin') ?? '';
    await consolePage.signIn('admin', oneTimePassword);
    await consolePage.changePassword(oneTimePassword, password);
    await disableBob();
  });
  afterAll(() => running.domain.remove());

  async function disableBob(): Promise<void> {
    await consolePage.goTo('/people');
    const row = page.locator('tr', { hasText: 'bob' });
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: word('Disable', '사용 중지') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: word('Disable', '사용 중지') })
      .click();
    await row.getByText(word('Disabled', '사용 중지')).waitFor();
  }

  async function choose(field: string, option: string): Promise<void> {
    await page.getByRole('button', { name: new RegExp(field) }).click();
    await page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
  }

  async function askUpon(resource: string): Promise<void> {
    await page.getByRole('combobox', { name: word('Resource', '리소스') }).fill(resource);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: word('Ask', '확인'), exact: true }).click();
  }

  it('answers with the rule that decides', async () => {
    await consolePage.goTo('/policies');
    await choose(word('Who', '사용자'), 'alice');
    await askUpon('admin');
    await page.getByText(word('This would be refused', '거부됩니다')).waitFor();
    await page.getByText('studio-owner/OnlyOwnStudio').first().waitFor();
    await picture(page, `ask-refused-${language}-${theme}`);
    expect(await obstacles()).toEqual([]);
    await askUpon('alice');
    await page.getByText(word('This would be allowed', '허용됩니다')).waitFor();
  });

  it('answers for notebooks, through an endpoint', async () => {
    await page.getByRole('radio', { name: word('notebooks', '노트북') }).check();
    await page
      .getByRole('combobox', { name: word('Action', '작업') })
      .fill('strongroom:DescribeStudio');
    await page.keyboard.press('Escape');
    await choose(word('Through the endpoint', '거치는 엔드포인트'), 'api');
    await askUpon('alice');
    await page.getByText('execution-role-alice/DescribeOwnStudio').first().waitFor();
    await picture(page, `ask-endpoint-${language}-${theme}`);
    expect(await obstacles()).toEqual([]);
    await choose(word('Through the endpoint', '거치는 엔드포인트'), 'sts');
    await askUpon('alice');
    await page.getByText(word('This would be refused', '거부됩니다')).waitFor();
  });

  it('shows everybody in a matrix, and marks who is disabled', async () => {
    await consolePage.goTo('/policies?tab=matrix');
    await choose(word('Upon the user profile', '대상 사용자 프로필'), 'alice');
    const header = page.locator('th', { hasText: 'bob' }).first();
    await header.getByText(word('disabled', '사용 중지')).waitFor();
    const row = page.locator('tr', { hasText: 'sagemaker:CreatePresignedDomainUrl' });
    await row.getByText(word('Yes', '가능')).first().waitFor();
    expect(await row.getByText(word('Yes', '가능')).count()).toBe(1);
    await row.getByText(word('No', '불가')).last().click();
    await page.getByText('person-disabled').waitFor();
    await picture(page, `matrix-rule-${language}-${theme}`);
    expect(await obstacles()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByPlaceholder(word('Find a person', '사용자 찾기')).fill('ali');
    await page.locator('th', { hasText: 'bob' }).first().waitFor({ state: 'detached' });
    await page.getByText(word('1 of 3 people', '3명 중 1명')).waitFor();
  });

  it('says which of the own documents may not be meant', async () => {
    await consolePage.goTo('/policies?tab=documents');
    await page.getByText(word('Look again at own', 'own 정책을 다시 확인')).waitFor();
    await page.getByText('boundary-research').first().waitFor();
    await picture(page, `documents-warning-${language}-${theme}`);
    expect(await obstacles()).toEqual([]);
  });
});
