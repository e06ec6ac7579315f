import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeEach(async () => {
  running = await runConsole();
});
afterEach(() => running.close());

/** What proxies write and anybody can; none of ours stands in front. */
function forged(index: number) {
  const address = `203.0.113.${index}`;
  return {
    ...{ 'x-forwarded-for': address, 'x-real-ip': address, 'x-client-ip': address },
    forwarded: `for=${address};host=alice.studio.localhost;proto=https`,
    'x-forwarded-host': `alice.studio.localhost:${running.listener.port}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-user': 'admin',
    'x-remote-user': 'admin',
  };
}

describe('forged forwarding headers', () => {
  it('give nobody more attempts to guess a password', async () => {
    const guess = async (index: number) =>
      (
        await running.browser().send('/api/session', {
          ...{ method: 'POST', body: { profileName: 'alice', password: `guess ${index}` } },
          headers: forged(index),
        })
      ).status;
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1) statuses.push(await guess(index));
    expect(statuses).toContain(429);
  });

  it('give nobody more requests without a session', async () => {
    const statuses = new Set<number>();
    for (let index = 0; index < 260; index += 1) {
      const headers = forged(index % 250);
      statuses.add((await running.browser().send('/api/domain', { headers })).status);
    }
    expect([...statuses].sort()).toEqual([401, 429]);
  });

  it('are not in the audit trail, which has the address of the connection', async () => {
    const body = { profileName: 'alice', password: 'wrong' };
    await running.browser().send('/api/session', { method: 'POST', body, headers: forged(7) });
    await running.trail.close();
    const files = await readdir(running.auditFolder);
    const texts = await Promise.all(
      files.map((name) => readFile(join(running.auditFolder, name), 'utf8')),
    );
    const trail = texts.join('');
    expect(trail).toContain('"remoteAddress":"127.0.0.1"');
    expect(trail).not.toContain('203.0.113.7');
  });

  it('lead to no other origin and make nobody somebody else', async () => {
    const answer = await running.browser().send('/api/session', { headers: forged(1) });
    expect(answer.json.signedIn).toBe(false);
    const bare = await running.browser().send('/', {
      headers: { ...forged(1), host: `localhost:${running.listener.port}` },
    });
    expect(bare.status).toBe(307);
    expect(bare.headers.location).toBe(`${running.origins.console}/`);
    const studio = await running.browser().send('/', {
      headers: {
        host: `alice.studio.localhost:${running.listener.port}`,
        'x-forwarded-host': running.browser().host,
      },
    });
    expect(studio.text).toBe('studio of alice');
  });
});
