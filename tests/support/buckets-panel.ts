import type { Locator, Page } from 'playwright-core';

/** A person's hands in Lab's panel of buckets. */
export class BucketsPanelPage {
  readonly page: Page;
  readonly panel: Locator;
  readonly files: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.locator('#strongroom-buckets');
    this.files = page.locator('#filebrowser');
  }

  tab(id: 'strongroom-buckets' | 'filebrowser'): Locator {
    return this.page.locator(`.jp-SideBar .lm-TabBar-tab[data-id="${id}"]`);
  }

  async showBuckets(): Promise<void> {
    if (!(await this.panel.isVisible())) await this.tab('strongroom-buckets').click();
    await this.panel.waitFor();
  }

  async showFiles(): Promise<void> {
    if (!(await this.files.isVisible())) await this.tab('filebrowser').click();
    await this.files.waitFor();
  }

  entry(name: string): Locator {
    return this.panel.getByRole('option', { name, exact: false });
  }

  file(name: string): Locator {
    return this.files.locator('.jp-DirListing-item', { hasText: name });
  }

  async choose(entry: Locator, label: string): Promise<void> {
    await entry.click({ button: 'right' });
    await this.page.locator('.lm-Menu-itemLabel', { hasText: label }).click();
  }

  /** Presses, goes over each stop and lets go over the last, as a hand does. */
  async drag(from: Locator, ...stops: readonly (() => Locator)[]): Promise<void> {
    await this.#moveOver(from, 1);
    await this.page.mouse.down();
    for (const stop of stops) {
      await stop().waitFor();
      await this.#moveOver(stop(), 8);
    }
    await this.page.mouse.up();
  }

  async #moveOver(target: Locator, steps: number): Promise<void> {
    const box = await target.boundingBox();
    if (box === null) throw new Error('Cannot drag over what is not shown');
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps });
  }
}
