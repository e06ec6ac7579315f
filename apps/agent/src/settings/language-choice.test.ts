import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LanguageChoice } from './language-choice.ts';
import { SchemaCatalog } from './schema-catalog.ts';

describe('the language choice', () => {
  it('changes the default locale from the next request on', async () => {
    const lab = mkdtempSync(join(tmpdir(), 'language-test-'));
    const folder = join(lab, 'schemas/@jupyterlab/translation-extension');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'plugin.json'), '{"properties":{"locale":{"default":"default"}}}');
    const language = new LanguageChoice('en');
    const catalog = new SchemaCatalog(lab, language);
    const id = '@jupyterlab/translation-extension:plugin';
    expect(await catalog.text(id)).toContain('"default":"default"');
    language.change('ko');
    expect(await catalog.text(id)).toContain('"default":"ko_KR"');
    expect(await catalog.all()).toEqual([[id, await catalog.text(id)]]);
    rmSync(lab, { recursive: true });
  });
});
