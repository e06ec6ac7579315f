import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent();
});

afterEach(async () => {
  await agent.close();
});

const connect = (path: string) => new WebSocket(`ws+unix://${agent.socketPath}:${path}`);

describe('events', () => {
  it('reach every subscriber', async () => {
    const subscribers = [connect('/api/events/subscribe'), connect('/api/events/subscribe')];
    await Promise.all(subscribers.map((subscriber) => once(subscriber, 'open')));
    const received = Promise.all(subscribers.map((subscriber) => once(subscriber, 'message')));
    const body = { schema_id: 'https://example.org/saved', version: '1', data: { path: 'a.txt' } };
    expect((await agent.send('POST', '/api/events', { body })).status).toBe(204);
    for (const [text] of await received) {
      expect(JSON.parse(String(text))).toMatchObject({
        schema_id: 'https://example.org/saved',
        __schema_version__: '1',
        path: 'a.txt',
      });
    }
  });

  it('refuse what is none', async () => {
    for (const body of [{}, { schema_id: 'x' }, { schema_id: 'x', version: '1', data: null }]) {
      expect((await agent.send('POST', '/api/events', { body })).status).toBe(400);
    }
  });

  it('end with the agent', async () => {
    const other = await startTestAgent();
    const subscriber = new WebSocket(`ws+unix://${other.socketPath}:/api/events/subscribe`);
    await once(subscriber, 'open');
    const closed = once(subscriber, 'close');
    await other.close();
    await closed;
  });
});

describe('an upgrade to nowhere', () => {
  it('is refused', async () => {
    const [error] = await once(connect('/api/nothing'), 'error');
    expect(String(error)).toContain('404');
  });
});
