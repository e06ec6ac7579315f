import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

const themes = '@jupyterlab/apputils-extension:themes';
const translation = '@jupyterlab/translation-extension:plugin';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent({ language: 'ko' });
  addSchema(agent, themes, {
    title: 'Theme',
    'jupyter.lab.setting-icon': 'x',
    type: 'object',
    properties: {
      theme: { type: 'string', default: 'JupyterLab Light' },
      size: { type: 'integer' },
    },
    additionalProperties: false,
  });
  addSchema(agent, translation, {
    type: 'object',
    properties: { locale: { type: 'string', default: 'default' } },
  });
});

afterEach(async () => {
  await agent.close();
});

function addSchema({ lab }: TestAgent, id: string, schema: unknown): void {
  const path = join(lab, 'schemas', `${id.replace(':', '/')}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(schema));
}

const userFile = () =>
  join(
    agent.home,
    '.jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings',
  );

function writeUserSettings(text: string): void {
  mkdirSync(dirname(userFile()), { recursive: true });
  writeFileSync(userFile(), text);
}

const url = (id: string) => `/lab/api/settings/${id}`;
const save = (id: string, raw: unknown) => agent.send('PUT', url(id), { body: { raw } });

describe('settings', () => {
  it('are listed with their schemas, or by id alone', async () => {
    const all = (await agent.send('GET', '/lab/api/settings')).json().settings;
    expect(all.map(({ id }: { id: string }) => id)).toEqual([themes, translation]);
    expect(all[0]).toMatchObject({
      raw: '{}',
      settings: {},
      version: 'N/A',
      schema: { title: 'Theme' },
    });
    const ids = (await agent.send('GET', '/lab/api/settings?ids_only=true')).json();
    expect(ids).toEqual({ settings: [{ id: themes }, { id: translation }] });
  });

  it('keep what the person wrote, comments included', async () => {
    const raw = "{\n  // my eyes\n  theme: 'JupyterLab Dark',\n}";
    expect((await save(themes, raw)).status).toBe(204);
    expect(readFileSync(userFile(), 'utf8')).toBe(raw);
    const one = (await agent.send('GET', url(themes))).json();
    expect(one).toMatchObject({ id: themes, raw, settings: { theme: 'JupyterLab Dark' } });
    const [listed] = (await agent.send('GET', '/lab/api/settings')).json().settings;
    expect(listed).toMatchObject({ raw, settings: { theme: 'JupyterLab Dark' } });
    expect(one.last_modified).toEqual(expect.any(String));
  });

  it.each([
    ['no JSON5', '{'],
    ['no object', '[]'],
    ['another type', '{"theme": 5}'],
    ['an unknown key', '{"colour": "red"}'],
  ])('refuse %s and keep what was there', async (_what, raw) => {
    await save(themes, '{"size": 1}');
    expect((await save(themes, raw)).status).toBe(400);
    expect(readFileSync(userFile(), 'utf8')).toBe('{"size": 1}');
  });

  it.each(['{ broken', '{"size": "large"}', '[]'])(
    'that cannot be used are a warning, never an error: %s',
    async (text) => {
      writeUserSettings(text);
      const [listed] = (await agent.send('GET', '/lab/api/settings')).json().settings;
      expect(listed).toMatchObject({
        raw: '{}',
        settings: {},
        warning: expect.stringContaining(themes),
      });
      expect((await agent.send('GET', url(themes))).status).toBe(200);
      await save(themes, '{"size": 2}');
      expect(readFileSync(`${userFile()}.broken`, 'utf8')).toBe(text);
      expect((await agent.send('GET', url(themes))).json().settings).toEqual({ size: 2 });
    },
  );

  it('of a plugin that does not exist are refused and written nowhere', async () => {
    for (const id of ['nobody:plugin', '@a/b:c', '..%2f..%2fevil:plugin', 'themes']) {
      expect((await agent.send('GET', url(id))).status).toBe(404);
      expect((await save(id, '{}')).status).toBe(404);
    }
    expect((await save(themes, 5)).status).toBe(400);
    expect(existsSync(join(agent.home, '.jupyter'))).toBe(false);
  });

  it('are empty, not an error, where Lab has no schemas', async () => {
    const bare = await startTestAgent({ labFolder: '/nonexistent' });
    expect((await bare.send('GET', '/lab/api/settings')).json()).toEqual({ settings: [] });
    await bare.close();
  });
});

describe('the language', () => {
  it('of the console is the default of Lab’s own setting, which overrides it', async () => {
    const before = (await agent.send('GET', url(translation))).json();
    expect(before.schema.properties.locale.default).toBe('ko_KR');
    await save(translation, '{"locale": "en"}');
    const after = (await agent.send('GET', url(translation))).json();
    expect(after.settings).toEqual({ locale: 'en' });
  });
});
