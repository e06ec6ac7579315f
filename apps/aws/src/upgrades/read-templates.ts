import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTemplate, type StackTemplate } from './template.ts';

const ending = '.template.json';

/** The templates of an earlier synthesis. */
export async function readTemplates(folder: string): Promise<StackTemplate[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending)).sort();
  if (files.length === 0) throw new RangeError(`Cannot find a template in "${folder}"`);
  return Promise.all(
    files.map(async (file) =>
      parseTemplate(
        file.slice(0, -ending.length),
        JSON.parse(await readFile(join(folder, file), 'utf8')),
      ),
    ),
  );
}
