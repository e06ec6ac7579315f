import { readFile } from 'node:fs/promises';
import { TemplateSourceError } from './template-source.ts';

/** `undefined` where there is no such file. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TemplateSourceError('not-json', path, 'not JSON', { cause });
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TemplateSourceError('unreadable', path, 'unreadable', { cause });
  }
}
