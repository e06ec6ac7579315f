import { basename } from 'node:path';
import { readJson } from './read-json.ts';
import { type TemplateSource, TemplateSourceError } from './template-source.ts';

/** Templates of anybody's, which may name each other as nested stacks or by exports. */
export async function readFiles(paths: readonly string[]): Promise<TemplateSource> {
  const entries = await Promise.all(
    paths.map(async (path) => {
      const template = await readJson(path);
      if (template === undefined) throw new TemplateSourceError('unreadable', path, 'no such file');
      return [basename(path), template] as const;
    }),
  );
  return {
    subject: paths.join(', '),
    templates: Object.fromEntries(entries),
    ...{ surroundings: {}, toolFindings: [] },
  };
}
