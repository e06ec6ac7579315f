import type { Locator, Page } from 'playwright-core';

/** A person's hands in Lab's dialog and panel of shares. */
export class LabShares {
  readonly page: Page;
  readonly dialog: Locator;
  readonly panel: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.locator('dialog.sr-Share');
    this.panel = page.locator('#strongroom-shares');
  }

  /** Clicks *Share* on the notebook's toolbar; resolves once the notebook has been looked through. */
  async share(): Promise<void> {
    await this.page
      .locator('.jp-NotebookPanel-toolbar [data-jp-item-name="strongroom-share"]')
      .click();
    await this.lookedThrough();
  }

  async lookedThrough(): Promise<void> {
    await this.dialog.locator('form').waitFor();
    await this.dialog.locator('fieldset progress').waitFor({ state: 'detached' });
  }

  /** Finds a team or a person by typing, and takes the only one that is left. */
  async chooseAudience(text: string): Promise<void> {
    await this.dialog.getByRole('searchbox').fill(text);
    await this.page.keyboard.press('Enter');
    await this.dialog.locator('.sr-Share-chosen li').first().waitFor();
  }

  get accept(): Locator {
    return this.dialog.locator('footer .jp-mod-accept');
  }

  link(): Promise<string> {
    return this.dialog.locator('.sr-Share-link input').inputValue();
  }

  async showPanel(): Promise<void> {
    if (!(await this.panel.isVisible())) {
      await this.page.locator('.jp-SideBar .lm-TabBar-tab[data-id="strongroom-shares"]').click();
    }
    await this.panel.waitFor();
  }

  row(title: string): Locator {
    return this.panel.locator('.sr-Shares-row', { hasText: title });
  }
}
