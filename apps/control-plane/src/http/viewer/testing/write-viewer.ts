import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A viewer's `dist/` with one file of each kind. */
export async function writeViewer(folder: string): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  const page = '<!doctype html><meta name="console-origin" content="__CONSOLE_ORIGIN__">';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'output.html'), '<!doctype html><title>Output</title>');
  await writeFile(join(folder, 'assets/frame-1A2B3C4D.js'), 'export {};');
  await writeFile(join(folder, 'assets/frame-1A2B3C4D.js.gz'), 'gzip');
  await writeFile(join(folder, '.built-from'), 'a hash');
}
