import { ServerConnection } from '@jupyterlab/services';
import { describe, expect, it } from 'vitest';
import { GitApi } from './git-api.ts';

/** Over an agent that answers everything alike. */
function apiOver(status: number, body: unknown) {
  const asked: [string, string][] = [];
  const answer: typeof fetch = async (request) => {
    const { url, method } = request as Request;
    asked.push([method, new URL(url).pathname]);
    return new Response(JSON.stringify(body), { status });
  };
  const settings = ServerConnection.makeSettings({
    ...{ baseUrl: 'http://alice.studio.localhost/', fetch: answer },
  });
  return { api: new GitApi(settings), asked };
}

describe('the agent', () => {
  it('is asked by operation, and its answer checked', async () => {
    const { api, asked } = apiOver(200, { root: 'work' });
    expect(await api.ask('find', { folder: 'work/deep' })).toEqual({ root: 'work' });
    expect(asked).toEqual([['POST', '/api/strongroom/git/find']]);
  });

  it('is not believed where it answers something else', async () => {
    const { api } = apiOver(200, { root: 7 });
    await expect(api.ask('find', { folder: '' })).rejects.toMatchObject({ code: 'Unreachable' });
  });

  it('refuses with its reason', async () => {
    const { api } = apiOver(409, { reason: 'Conflicts', message: 'two files' });
    await expect(api.ask('find', { folder: '' })).rejects.toMatchObject({
      ...{ code: 'Conflicts', message: 'two files' },
    });
  });

  it('is out of reach where the connection fails', async () => {
    const settings = ServerConnection.makeSettings({
      baseUrl: 'http://alice.studio.localhost/',
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    const asked = new GitApi(settings).ask('find', { folder: '' });
    await expect(asked).rejects.toMatchObject({ code: 'Unreachable' });
  });
});
