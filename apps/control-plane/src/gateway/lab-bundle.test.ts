import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench();
});

afterEach(() => bench.close());

describe('the page and its files', () => {
  it('carries its configuration as JSON that cannot end the script', async () => {
    const { cookie } = await bench.openStudio('alice', { language: 'ko' });
    const path = `/lab/workspaces/w1/tree/${encodeURIComponent('</script><script>alert(1)')}`;
    const { text, headers } = await bench.ask(path, { cookie });
    expect(text).toContain('<html lang="ko">');
    expect(text.match(/<\/script>/g)).toHaveLength(1);
    const config = JSON.parse(/application\/json">(.*)<\/script>/.exec(text)?.[1] ?? '');
    expect(config).toMatchObject({
      workspace: 'w1',
      treePath: '</script><script>alert(1)',
      mode: 'multiple-document',
      wsUrl: `ws://alice.studio.localhost:${bench.port}/`,
    });
    expect(headers['content-security-policy']).toContain("script-src 'self' 'unsafe-eval';");
    expect(headers['content-security-policy']).not.toMatch(/https?:|\*/);
  });

  it('comes compressed and is kept for ever where its name tells its content', async () => {
    const { cookie } = await bench.openStudio('alice');
    const { headers, status } = await bench.ask('/static/lab/lab.0123456789abcdef.js', {
      cookie,
      headers: { 'accept-encoding': 'gzip, deflate' },
    });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('is not sent again where the browser has it', async () => {
    const { cookie } = await bench.openStudio('alice');
    const path = '/static/lab/favicon.svg';
    const first = await bench.ask(path, { cookie });
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const etag = String(first.headers.etag);
    const again = await bench.ask(path, { cookie, headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  it.each([
    '/static/lab/../schemas/secret.json',
    '/static/lab/%2e%2e/schemas/secret.json',
    '/static/lab/..%2fschemas%2fsecret.json',
    '/static/lab/missing.js',
    '/static/lab/',
    '/static/lab/lab.0123456789abcdef.js.gz',
    '/lab/api/themes/%2e%2e%2findex.html',
  ])('does not serve %s', async (path) => {
    const { cookie } = await bench.openStudio('alice');
    expect([400, 404]).toContain((await bench.ask(path, { cookie })).status);
  });

  it('tells whose studio it is', async () => {
    const { cookie } = await bench.openStudio('alice');
    const { text } = await bench.ask('/strongroom/api/studio', { cookie });
    expect(JSON.parse(text)).toEqual({
      profileName: 'alice',
      displayName: 'Person alice',
      domainName: 'test-domain',
      consoleUrl: `http://console.localhost:${bench.port}`,
      language: 'en',
    });
  });
});
