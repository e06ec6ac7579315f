import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent({ profileName: 'hana', displayName: '김 하나' });
});

afterEach(async () => {
  await agent.close();
});

describe('identity', () => {
  it('is the studio’s owner, whatever a request claims', async () => {
    const headers = {
      'x-forwarded-user': 'mallory',
      authorization: 'token x',
      cookie: 'user=mallory',
    };
    const answer = await agent.send('GET', '/api/me', { headers });
    expect(answer.json().identity).toEqual({
      username: 'hana',
      name: '김 하나',
      display_name: '김 하나',
      initials: '김하',
      avatar_url: null,
      color: null,
    });
  });

  it('has every permission that is asked about', async () => {
    const asked = encodeURIComponent('{"contents":["read","write"]}');
    const { permissions } = (await agent.send('GET', `/api/me?permissions=${asked}`)).json();
    expect(permissions).toEqual({ contents: ['read', 'write'], updatable_fields: [] });
    expect((await agent.send('GET', '/api/me?permissions=%7B')).status).toBe(400);
    expect((await agent.send('GET', '/api/me?permissions=%5B5%5D')).status).toBe(400);
  });
});

describe('the rest of the server', () => {
  it('tells its version and its status', async () => {
    expect((await agent.send('GET', '/api')).json().version).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await agent.send('GET', '/api/status')).json()).toMatchObject({
      kernels: 0,
      connections: 0,
      started: expect.stringMatching(/Z$/),
    });
  });

  it('keeps sections of configuration', async () => {
    const url = '/api/config/notebook';
    expect((await agent.send('GET', url)).json()).toEqual({});
    await agent.send('PATCH', url, { body: { a: { b: 1, c: 2 }, d: 3 } });
    const patched = await agent.send('PATCH', url, { body: { a: { b: null }, d: 4 } });
    expect(patched.json()).toEqual({ a: { c: 2 }, d: 4 });
    expect((await agent.send('PUT', url, { body: { e: 5 } })).status).toBe(204);
    expect((await agent.send('GET', url)).json()).toEqual({ e: 5 });
    expect((await agent.send('PUT', '/api/config/a%2fb', { body: {} })).status).toBe(400);
  });

  it('finds which file a path in an output means', async () => {
    await agent.send('PUT', '/api/contents/a.py', {
      body: { type: 'file', format: 'text', content: '' },
    });
    const resolve = async (path: string) =>
      (await agent.send('GET', `/api/resolvePath?path=${encodeURIComponent(path)}`)).json()
        .resolved;
    const found = [{ scope: 'server', path: 'a.py' }];
    for (const path of ['a.py', './a.py', '~/a.py', `${agent.home}/a.py`]) {
      expect(await resolve(path)).toEqual(found);
    }
    for (const path of ['none.py', '/etc/passwd', '../a.py', '~/../a.py']) {
      expect(await resolve(path)).toEqual([]);
    }
  });

  it('answers in Jupyter’s shape where there is nothing', async () => {
    const missing = await agent.send('GET', '/api/nothing');
    expect([missing.status, Object.keys(missing.json())]).toEqual([404, ['message', 'reason']]);
    expect((await agent.send('POST', '/api/me')).status).toBe(405);
  });

  it('compresses larger JSON for who accepts it, and says that it may', async () => {
    const path = '/api/contents';
    for (let index = 0; index < 30; index += 1) {
      await agent.send('POST', path, { body: { type: 'directory' } });
    }
    const headers = { 'accept-encoding': 'gzip, br' };
    const compressed = await agent.send('GET', path, { headers });
    const plain = await agent.send('GET', path);
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(compressed.headers.vary).toBe('accept-encoding');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length);
  });
});
