import type { Page } from 'playwright-core';

/** A person's hands in JupyterLab: what they click and type, by what they see. */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Resolves when the launcher can be clicked. */
  async ready(): Promise<void> {
    await this.page.locator('.jp-LauncherCard').first().waitFor();
  }

  async newNotebook(): Promise<void> {
    await this.page.locator('.jp-LauncherCard[data-category="Notebook"]').first().click();
    await this.page.locator('.jp-NotebookPanel .jp-Cell').first().waitFor();
    await this.kernelIdle();
  }

  /** Resolves when the status bar says that the notebook's kernel is connected and has nothing to do. */
  kernelIdle(): Promise<void> {
    return this.page.getByText('Python 3 (ipykernel) | Idle').waitFor();
  }

  /** Types into the selected cell and runs it with Shift+Enter; resolves when its prompt shows a number. */
  async runCell(code: string): Promise<void> {
    const prompts = this.page.locator('.jp-NotebookPanel .jp-CodeCell .jp-InputPrompt');
    const index = (await prompts.count()) - 1;
    await this.page.locator('.jp-NotebookPanel .jp-CodeCell .cm-content').nth(index).click();
    await this.page.keyboard.insertText(code);
    await this.page.keyboard.press('Shift+Enter');
    await this.page
      .locator('.jp-NotebookPanel .jp-CodeCell')
      .nth(index)
      .locator('.jp-InputPrompt', { hasText: /\[\d+\]/ })
      .waitFor();
  }

  outputs(): Promise<string[]> {
    return this.page
      .locator('.jp-NotebookPanel .jp-OutputArea-output')
      .allInnerTexts()
      .then((texts) => texts.map((text) => text.trim()));
  }

  /** Saves under the name given in the dialog of the first save. */
  async saveAs(name: string): Promise<void> {
    await this.page.keyboard.press('Control+s');
    const dialog = this.page.locator('.jp-Dialog');
    await dialog.locator('input').first().fill(name);
    await dialog.locator('button.jp-mod-accept').click();
    await dialog.waitFor({ state: 'detached' });
    await this.page
      .locator('.lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)', { hasText: name })
      .first()
      .waitFor();
  }

  async menu(...labels: string[]): Promise<void> {
    const [first = '', ...rest] = labels;
    await this.page.locator('.lm-MenuBar-itemLabel', { hasText: first }).first().click();
    for (const label of rest)
      await this.page.locator('.lm-Menu-itemLabel', { hasText: label }).first().click();
  }
}
