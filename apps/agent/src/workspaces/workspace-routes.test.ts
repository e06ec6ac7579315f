import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent();
});

afterEach(async () => {
  await agent.close();
});

const url = '/lab/api/workspaces';
const folder = () => join(agent.home, '.jupyter/lab/workspaces');
const layout = (id: string) => ({
  data: { 'layout-restorer:data': { main: {} } },
  metadata: { id },
});
const save = (id: string, body: unknown) => agent.send('PUT', `${url}/${id}`, { body });

describe('workspaces', () => {
  it('are empty until one is saved', async () => {
    const answer = await agent.send('GET', `${url}/default`);
    expect([answer.status, answer.json()]).toEqual([
      200,
      { data: {}, metadata: { id: 'default' } },
    ]);
    expect((await agent.send('GET', url)).json()).toEqual({ workspaces: { ids: [], values: [] } });
  });

  it('come back as they were saved', async () => {
    expect((await save('default', layout('default'))).status).toBe(204);
    expect((await save(encodeURIComponent('분석 1'), layout('/분석 1'))).status).toBe(204);
    expect((await agent.send('GET', `${url}/default`)).json()).toMatchObject(layout('default'));
    const { workspaces } = (await agent.send('GET', url)).json();
    expect(workspaces.ids.sort()).toEqual(['/분석 1', 'default']);
    expect(workspaces.values).toHaveLength(2);
  });

  it('of different ids are different files', async () => {
    for (const id of ['a/b', 'a b', 'A-b']) await save(encodeURIComponent(id), layout(id));
    expect(readdirSync(folder())).toHaveLength(3);
  });

  it('are deleted once', async () => {
    await save('default', layout('default'));
    expect((await agent.send('DELETE', `${url}/default`)).status).toBe(204);
    expect((await agent.send('DELETE', `${url}/default`)).status).toBe(404);
  });

  it.each(['', '{ broken', '[]', '{"data": 5, "metadata": {}}', '{"data": {}, "metadata": {}}'])(
    'that are broken never keep a studio from opening: %j',
    async (text) => {
      await save('default', layout('default'));
      const [name = ''] = readdirSync(folder());
      writeFileSync(join(folder(), name), text);
      const answer = await agent.send('GET', `${url}/default`);
      expect([answer.status, answer.json().data]).toEqual([200, {}]);
      expect(readdirSync(folder())).toEqual([`${name}.broken`]);
      expect((await agent.send('GET', url)).json().workspaces.ids).toEqual([]);
      expect((await save('default', layout('default'))).status).toBe(204);
    },
  );

  it('refuse another id, or what is no workspace', async () => {
    expect((await save('default', layout('other'))).status).toBe(400);
    expect((await save('default', '{')).status).toBe(400);
    expect((await save('default', { data: {} })).status).toBe(400);
  });
});
