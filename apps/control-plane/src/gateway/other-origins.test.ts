import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { echoAgent, echoSocketAgent } from './testing/echo-agents.ts';
import { type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('requests of other origins', () => {
  it.each([
    ['a change without an origin', { method: 'POST', headers: { origin: undefined } }],
    [
      'a change from the console',
      { method: 'POST', headers: { origin: 'http://console.localhost' } },
    ],
    [
      'a change from another studio',
      { method: 'DELETE', headers: { origin: 'http://bob.studio.localhost' } },
    ],
    ['a change from nowhere', { method: 'PUT', headers: { origin: 'null' } }],
    [
      'a fetch from another site',
      { headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' } },
    ],
    [
      'a link to a file',
      {
        headers: {
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        },
      },
    ],
  ])('refuses %s', async (_what, asked) => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoAgent() });
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([, value]) => value !== undefined),
    );
    const path = '/files/report.html';
    const answer =
      'method' in asked && asked.headers.origin === undefined
        ? await bench.ask(path, { cookie, method: asked.method, headers: { origin: '' } })
        : await bench.ask(path, { ...asked, cookie, headers });
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/CrossSiteRequest|came from another site/);
  });

  it('lets a link lead to Lab', async () => {
    const { cookie } = await bench.openStudio('alice');
    const answer = await bench.ask('/lab/tree/report.ipynb', {
      cookie,
      headers: {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['none', undefined],
    ['another studio', 'http://bob.studio.localhost'],
    ['the console', 'http://console.localhost'],
    ['nowhere', 'null'],
  ])('refuses a WebSocket from %s', async (_what, origin) => {
    const { cookie } = await bench.openStudio('alice');
    await bench.serveAgent('alice', { http: echoSocketAgent() });
    const headers = origin === undefined ? { origin: '' } : { origin };
    const answer = await bench.webSocket('/api/events/subscribe', { cookie, headers });
    expect(answer.status).toBe(403);
  });
});
