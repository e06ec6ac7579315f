import type { BrowserContext, Page } from 'playwright-core';
import type { RunningDomain } from './running-domain.ts';

/** A person's hands in the console. */
export class ConsolePage {
  readonly page: Page;
  readonly #domain: RunningDomain;

  constructor(page: Page, domain: RunningDomain) {
    this.page = page;
    this.#domain = domain;
  }

  static async open(context: BrowserContext, domain: RunningDomain): Promise<ConsolePage> {
    const page = await context.newPage();
    await page.goto(domain.consoleUrl);
    return new ConsolePage(page, domain);
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.#domain.consoleUrl}${path}`);
  }

  async signIn(profileName: string, password: string): Promise<void> {
    await this.page.locator('input[autocomplete="username"]').fill(profileName);
    await this.page.locator('input[autocomplete="current-password"]').fill(password);
    await this.page.keyboard.press('Enter');
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.page.locator('input[autocomplete="new-password"]').first().waitFor();
    await this.page.locator('input[autocomplete="current-password"]').fill(current);
    await this.page.locator('input[autocomplete="new-password"]').nth(0).fill(next);
    await this.page.locator('input[autocomplete="new-password"]').nth(1).fill(next);
    await this.page.keyboard.press('Enter');
    await this.page.locator('table').first().waitFor();
  }

  /** Clicks *Open Studio*; answers the new tab once it is on the studio's own origin. */
  async launchStudio(profileName: string): Promise<Page> {
    const [tab] = await Promise.all([
      this.page.context().waitForEvent('page'),
      this.page.locator(`a[href="/launch/${profileName}"]`).first().click(),
    ]);
    await tab.waitForURL(`${this.#domain.studioUrl(profileName)}/lab**`);
    return tab;
  }
}
