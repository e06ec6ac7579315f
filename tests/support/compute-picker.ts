import type { Locator, Page } from 'playwright-core';

/** A person's hands at the picker of image, kernel and instance type, whatever its language. */
export class ComputePicker {
  readonly page: Page;
  readonly button: Locator;
  readonly dialog: Locator;
  readonly accept: Locator;

  constructor(page: Page) {
    this.page = page;
    this.button = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .sr-Compute-picker');
    this.dialog = page.locator('dialog.sr-Choice');
    this.accept = this.dialog.locator('button.jp-mod-accept');
  }

  /** The last card of the launcher's notebooks: every image and size. */
  async openForNewNotebook(): Promise<void> {
    await this.page.locator('.jp-LauncherCard[data-category="Notebook"]').last().click();
    await this.row('ml.t3.medium').waitFor();
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.row('ml.t3.medium').waitFor();
  }

  image(displayName: string): Locator {
    return this.dialog.locator('.sr-Choice-card', { hasText: displayName });
  }

  row(instanceType: string): Locator {
    return this.dialog.locator('tbody tr', { hasText: instanceType });
  }

  async chosenType(): Promise<string> {
    return this.dialog.locator('tr[data-chosen="true"] th').innerText();
  }

  /** Closes the dialog; resolves when the notebook's kernel is there. */
  async acceptChoice(instanceType: string): Promise<void> {
    await this.accept.click();
    await this.dialog.waitFor({ state: 'detached' });
    await this.isReadyOn(instanceType);
  }

  async isReadyOn(instanceType: string): Promise<void> {
    await this.page
      .locator('.sr-Compute-picker:is([data-state="ready"], [data-state="busy"])', {
        hasText: instanceType,
      })
      .waitFor({ timeout: 60_000 });
  }

  notice(kind: string): Locator {
    return this.page.locator(`.sr-Compute-notice[data-kind="${kind}"]`);
  }

  meter(name: RegExp): Locator {
    return this.page.getByRole('meter', { name });
  }
}
