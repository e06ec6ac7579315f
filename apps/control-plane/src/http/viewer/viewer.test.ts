import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeAll(async () => {
  running = await runConsole();
});
afterAll(() => running.close());

const host = () => running.origins.viewerHost;
const ask = (path: string, options: { method?: string; headers?: Record<string, string> } = {}) =>
  running.browser().send(path, { ...options, headers: { host: host(), ...options.headers } });
const directives = (header: unknown) =>
  new Map(
    String(header)
      .split('; ')
      .map((each) => [each.split(' ')[0] ?? '', each.split(' ').slice(1)] as const),
  );

describe('the viewer’s origin', () => {
  it('gives the console a frame that runs its files and reaches nothing', async () => {
    const { status, headers, text } = await ask('/');
    const policy = directives(headers['content-security-policy']);
    expect(status).toBe(200);
    expect(text).toContain(`content="${running.origins.console}"`);
    expect(headers['x-frame-options']).toBeUndefined();
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual([`${running.origins.viewer}/assets/`]);
    expect(policy.get('connect-src')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual([running.origins.console]);
    expect(policy.get('sandbox')).not.toContain('allow-same-origin');
  });

  it('gives outputs a document that runs their scripts and leads nowhere', async () => {
    const { status, headers } = await ask('/output');
    const policy = directives(headers['content-security-policy']);
    expect(status).toBe(200);
    expect(policy.get('sandbox')).toEqual(['allow-scripts']);
    expect(policy.get('connect-src')).toEqual(["'none'"]);
    expect(policy.get('frame-src')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'none'"]);
  });

  it('gives its files to opaque origins, compressed, once and for all', async () => {
    const { status, headers, text } = await ask('/assets/frame-1A2B3C4D.js', {
      headers: { origin: 'null', 'accept-encoding': 'gzip' },
    });
    expect([status, text]).toEqual([200, 'gzip']);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['cache-control']).toContain('immutable');
    const again = await ask('/assets/frame-1A2B3C4D.js', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
  });

  it('sets no cookie and is the same with one', async () => {
    const browser = await running.browserOf('alice');
    const answers = [
      await browser.send('/', { headers: { host: host() } }),
      await running.browser().send('/', { headers: { host: host() } }),
    ];
    expect(answers.map(({ headers }) => headers['set-cookie'])).toEqual([undefined, undefined]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  it.each([
    '/api/session',
    '/index.html.gz',
    '/.built-from',
    '/assets/../.built-from',
    '/assets/%2e%2e/.built-from',
    '//assets/frame-1A2B3C4D.js',
    '/?next=/',
    '/output?x',
    '/launch/alice',
  ])('has nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses %s', async (method) => {
    const { status, headers } = await ask('/', { method });
    expect(status).toBe(405);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is the one frame that the console shows', async () => {
    const { headers } = await running.browser().send('/');
    const policy = directives(headers['content-security-policy']);
    expect(policy.get('frame-src')).toEqual([running.origins.viewer]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });
});
