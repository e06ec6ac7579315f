import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { startDomainWithOutside } from '../support/domain-with-outside.ts';
import { LabPage } from '../support/lab-page.ts';
import { type OutsideServer, startOutsideServer } from '../support/outside-server.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import type { RunningDomain } from '../support/running-domain.ts';

const password = 'a sentence that somebody made up';
/** Long enough for the notebook to try, short enough to wait for. */
const shortestHours = 0.01;

let domain: RunningDomain;
let browser: Browser;
let outside: OutsideServer;
let admin: ConsolePage;
let second: ConsolePage;
let alice: ConsolePage;
let page: Page;

beforeAll(async () => {
  outside = await startOutsideServer((_request, response) => response.end('hello from outside'));
  browser = await launchBrowser();
  domain = await startDomainWithOutside(outside, { maximumHours: shortestHours });
  const enter = async (name: string) => {
    const consolePage = await ConsolePage.open(await newPerson(browser), domain);
    await consolePage.signIn(name, domain.oneTimePasswords.get(name) ?? '');
    await consolePage.changePassword(domain.oneTimePasswords.get(name) ?? '', password);
    return consolePage;
  };
  [admin, second, alice] = [await enter('admin'), await enter('second'), await enter('alice')];
});

afterAll(async () => {
  await browser.close();
  await domain.remove();
  await outside.close();
});

beforeEach(({ task }) => pictureOnFailure(() => page, task.name.replaceAll(/\W+/g, '-')));

const reach = `
import ssl, urllib.request
def reach(name):
    try:
        context = ssl._create_unverified_context()
        return urllib.request.urlopen(f'https://{name}:8443/', context=context, timeout=10).read().decode()
    except Exception as error:
        return f'refused: {error}'
`;
const tryBoth = "print(reach('allowed.example')); print(reach('other.example'))";

describe('internet access', () => {
  let studio: Page;
  let lab: LabPage;

  it("is off: a person opens their own studio, and a colleague's is refused with the rule", async () => {
    page = alice.page;
    await alice.goTo('/launch/bob');
    await alice.page.getByText('studio-owner/OnlyOwnStudio').first().waitFor();
    await picture(alice.page, 'access-refused-with-rule');
    await alice.goTo('/');
    studio = await alice.launchStudio('alice');
    page = studio;
    lab = new LabPage(studio);
    await lab.ready();
    await studio.getByText('Internet: off').waitFor();
    await lab.newNotebook();
    await lab.runCell(reach);
    await lab.runCell(tryBoth);
    await expect
      .poll(async () => (await lab.outputs()).at(-1))
      .toMatch(/^refused: .*403 Refused by egress\/off.*\nrefused: /);
  });

  it('answers sts:GetCallerIdentity with the role of that person', async () => {
    page = studio;
    await lab.runCell("import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])");
    await expect
      .poll(async () => (await lab.outputs()).at(-1), { timeout: 20_000 })
      .toBe('arn:aws:sts::000000000000:assumed-role/strongroom-research-alice/SageMaker');
  });

  it('is asked for by an administrator, who cannot approve it', async () => {
    page = admin.page;
    await admin.goTo('/internet-access');
    await admin.page.getByRole('button', { name: 'Ask for access' }).click();
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /For whom/ }).click();
    await admin.page.getByRole('option', { name: 'alice' }).click();
    await dialog.getByLabel('Names').fill('allowed.example');
    await dialog.getByLabel('Ports').fill('8443');
    await dialog.getByLabel('Reason').fill('The rates of the morning are published there');
    await picture(admin.page, 'access-asked');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.page.getByText('allowed.example').first().waitFor();
    expect(await admin.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    const client = new ApiClient(domain);
    await client.signIn('admin', password);
    const { requests } = (await client.console('/api/egress')).json;
    const path = `/api/egress/requests/${requests[0].requestId}/approve`;
    const answer = await client.console(path, { method: 'POST', body: {} });
    expect(answer).toMatchObject({ status: 403, json: { error: { code: 'EgressOwnRequest' } } });
  });

  it('opens when a second administrator approves: that name is reached, and no other', async () => {
    page = second.page;
    await second.goTo('/internet-access');
    await second.page.getByRole('button', { name: 'Approve' }).click();
    await picture(second.page, 'access-approve');
    await second.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await second.page.getByText('Approved').waitFor();
    await picture(second.page, 'access-open');
    page = studio;
    await lab.runCell(tryBoth);
    await expect
      .poll(async () => (await lab.outputs()).at(-1))
      .toMatch(/^hello from outside\nrefused: /);
    await studio.getByText('Internet: 1 names').waitFor();
    await picture(studio, 'access-status-bar');
  });

  it('ends by itself', async () => {
    page = second.page;
    await second.page.getByText('Over', { exact: true }).nth(1).waitFor({ timeout: 60_000 });
    page = studio;
    await lab.runCell(tryBoth);
    await expect.poll(async () => (await lab.outputs()).at(-1)).toMatch(/^refused: .*\nrefused: /);
  });

  it('is in the flow log, what was reached and what was not', async () => {
    page = second.page;
    await second.goTo('/flows');
    const row = (name: string, outcome: string) =>
      second.page.locator('tr', { hasText: name }).filter({ hasText: outcome }).first();
    await row('allowed.example', 'Accepted').waitFor();
    await row('other.example', 'Rejected').waitFor();
    await picture(second.page, 'access-flows');
    await second.goTo('/audit');
    await second.page.getByText('egress-expired').first().waitFor();
    await picture(second.page, 'access-audit');
  });
});
