import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type WebSocket from 'ws';
import { ApiClient } from '../support/api-client.ts';
import { KernelClient } from '../support/kernel-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

let domain: RunningDomain;
let alice: ApiClient;
let bob: ApiClient;
let administrator: ApiClient;

beforeAll(async () => {
  domain = await startDomain();
  [alice, bob, administrator] = [
    new ApiClient(domain),
    new ApiClient(domain),
    new ApiClient(domain),
  ];
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await bob.firstSignIn('bob', domain.oneTimePasswords.get('bob') ?? '');
  await administrator.firstSignIn('admin', domain.oneTimePasswords.get('admin') ?? '');
  await alice.openStudio('alice');
  await bob.openStudio('bob');
});

afterAll(() => domain.remove());

/** How the server ends a WebSocket that it refuses: the status of its answer to the upgrade. */
async function refusedStatus(socket: WebSocket): Promise<number> {
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  return (response as { statusCode: number }).statusCode;
}

describe("another person's studio", () => {
  it.each(['bob', 'admin'])('is not launched by a request made by hand: %s', async (who) => {
    const client = who === 'bob' ? bob : administrator;
    const answer = await client.console('/api/profiles/alice/launches', {
      method: 'POST',
      body: {},
    });
    expect(answer.status).toBe(403);
    expect(answer.json.error.code).toBe('AccessDenied');
  });

  it('is not opened by page, API, file or WebSocket without its cookie', async () => {
    for (const path of [
      '/lab',
      '/api/contents',
      '/files/x',
      '/lab/api/settings',
      '/strongroom/api/studio',
    ])
      expect((await bob.studio('alice', path)).status).toBe(401);
    expect(await refusedStatus(bob.webSocket('alice', '/api/events/subscribe'))).toBe(401);
  });

  it("is not opened with one's own studio's cookie", async () => {
    const cookie = bob.cookieHeader('bob.studio.localhost');
    for (const path of ['/lab', '/api/contents'])
      expect((await bob.studio('alice', path, { headers: { cookie } })).status).toBe(401);
    expect(await refusedStatus(bob.webSocket('alice', '/api/events/subscribe', { cookie }))).toBe(
      401,
    );
  });

  it("is not opened with the console's cookie", async () => {
    const cookie = alice.cookieHeader('console.localhost');
    expect((await bob.studio('alice', '/api/contents', { headers: { cookie } })).status).toBe(401);
  });

  it('is not stopped, listed or read by a colleague', async () => {
    const apps = await alice.console('/api/apps');
    const [app] = apps.json.apps ?? apps.json;
    const stop = await bob.console(`/api/profiles/alice/apps/${app.appId}`, { method: 'DELETE' });
    expect(stop.status).toBe(403);
    expect((await bob.console('/api/profiles/alice/files?path=')).status).toBe(403);
    expect((await bob.console('/api/profiles/alice/files/content?path=x')).status).toBe(403);
    expect((await administrator.console('/api/profiles/alice/files?path=')).status).toBe(403);
  });

  it('refuses its WebSocket to a page of another origin, with the right cookie', async () => {
    const origin = `http://bob.studio.localhost:${domain.port}`;
    expect(await refusedStatus(alice.webSocket('alice', '/api/events/subscribe', { origin }))).toBe(
      403,
    );
  });

  it('refuses a presigned URL used twice, on another origin, or forged', async () => {
    const launch = await alice.launch('alice');
    const url = new URL(launch.presignedUrl);
    const path = url.pathname + url.search;
    expect((await bob.studio('bob', path)).status).toBe(403);
    const second = await alice.launch('alice');
    const secondUrl = new URL(second.presignedUrl);
    expect((await alice.studio('alice', secondUrl.pathname + secondUrl.search)).status).toBe(303);
    expect((await alice.studio('alice', secondUrl.pathname + secondUrl.search)).status).toBe(403);
    expect((await alice.studio('alice', `${url.pathname}?token=${'A'.repeat(43)}`)).status).toBe(
      403,
    );
  });
});

describe('signing out', () => {
  it("closes the studio's WebSockets and cookie within a second", async () => {
    const carol = new ApiClient(domain);
    const password = await resetAndSignIn(carol);
    await carol.openStudio('bob');
    const kernel = await KernelClient.start(carol, 'bob');
    const closed = kernel.closed();
    const out = await carol.console('/api/session', { method: 'DELETE' });
    expect(out.status).toBeLessThan(300);
    const before = performance.now();
    await closed;
    expect(performance.now() - before).toBeLessThan(1000);
    expect((await carol.studio('bob', '/api/contents')).status).toBe(401);
    expect((await carol.signIn('bob', password)).status).toBe(200);
  });
});

describe('disabling a person', () => {
  it('ends their pages, kernels and apps at once', async () => {
    const kernel = await KernelClient.start(alice, 'alice');
    const closed = kernel.closed();
    const disabled = await administrator.console('/api/profiles/alice', {
      method: 'PATCH',
      body: { disabled: true },
    });
    expect(disabled.status).toBeLessThan(300);
    await closed;
    expect((await alice.studio('alice', '/api/contents')).status).toBe(401);
    await expect
      .poll(async () => {
        const apps = await administrator.console('/api/apps');
        const all = (apps.json.apps ?? apps.json) as { profileName: string; status: string }[];
        return all.filter((each) => each.profileName === 'alice' && each.status === 'InService')
          .length;
      })
      .toBe(0);
  });
});

async function resetAndSignIn(client: ApiClient): Promise<string> {
  const reset = await administrator.console('/api/profiles/bob/one-time-password', {
    method: 'POST',
    body: {},
  });
  return client.firstSignIn('bob', reset.json.oneTimePassword);
}
