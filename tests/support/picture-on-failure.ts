import type { Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { picture } from './browser.ts';

/** Called inside a test: keeps what the page showed when the test failed. */
export function pictureOnFailure(page: () => Page | undefined, name: string): void {
  onTestFailed(async () => {
    const shown = page();
    if (shown && !shown.isClosed()) await picture(shown, `failed-${name}`);
  });
}
