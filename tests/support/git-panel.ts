import type { Locator, Page } from 'playwright-core';

/** A person's hands in Lab's Git panel. */
export class GitPanelPage {
  readonly page: Page;
  readonly panel: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.locator('#strongroom-git');
  }

  async show(): Promise<void> {
    if (!(await this.panel.isVisible())) {
      await this.page.locator('.jp-SideBar .lm-TabBar-tab[data-id="strongroom-git"]').click();
    }
    await this.panel.locator('.sr-Git-content').waitFor();
  }

  group(kind: 'conflicted' | 'staged' | 'changed' | 'untracked'): Locator {
    return this.panel.locator(`.sr-GitFile[data-group="${kind}"]`);
  }

  file(kind: 'conflicted' | 'staged' | 'changed' | 'untracked', name: string): Locator {
    return this.group(kind).filter({ hasText: name });
  }

  /** The button of a row that is named by what it does. */
  async press(row: Locator, label: RegExp): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: label }).click();
  }

  button(label: string | RegExp): Locator {
    return this.panel.getByRole('button', { name: label });
  }

  tab(label: string | RegExp): Locator {
    return this.panel.getByRole('tab', { name: label });
  }

  /** Opens a folder that the file browser lists, which the panel follows. */
  async openFolder(name: string): Promise<void> {
    const files = this.page.locator('#filebrowser');
    if (!(await files.isVisible())) {
      await this.page.locator('.jp-SideBar .lm-TabBar-tab[data-id="filebrowser"]').click();
    }
    await files.locator('.jp-DirListing-item', { hasText: name }).dblclick();
    await files.locator('.jp-BreadCrumbs-item', { hasText: name }).waitFor();
    await this.show();
  }
}
