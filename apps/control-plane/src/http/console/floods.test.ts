import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeEach(async () => {
  running = await runConsole();
});
afterEach(() => running.close());

const lineCount = () => running.trail.last.sequence;

describe('somebody who floods the audit trail', () => {
  it('without a password costs two lines a minute, however long the path is', async () => {
    const browser = running.browser();
    const headers = { 'sec-fetch-site': 'cross-site' };
    const path = `/api/session/${'x'.repeat(8_000)}`;
    const statuses = new Set<number>();
    for (let number = 0; number < 100; number += 1) {
      statuses.add((await browser.send(`${path}${number}`, { headers })).status);
    }
    expect([...statuses]).toEqual([403, 429]);
    await running.audit.close();
    expect(lineCount()).toBe(2);
    const admin = await running.browserOf('admin');
    const { events } = (await admin.send('/api/audit?event=cross-site-request-refused')).json;
    expect(events[0].fields).toMatchObject({ repeatedCount: 59, method: 'GET' });
    for (const { fields } of events) expect(fields.path).toHaveLength(200);
  });

  it('by being refused is told apart up to a point, and counted beyond it', async () => {
    const bob = await running.browserOf('bob');
    for (let number = 0; number < 50; number += 1) {
      const { status } = await bob.send('/api/profiles/alice/launches', {
        ...{ method: 'POST', body: '{}' },
      });
      expect(status).toBe(403);
    }
    expect(lineCount()).toBe(1);
    for (let number = 0; number < 100; number += 1) {
      await bob.send(`/api/profiles/other-${number}/launches`, { method: 'POST', body: '{}' });
    }
    expect(lineCount()).toBeLessThan(65);
    await running.audit.close();
    expect(lineCount()).toBeLessThan(67);
  });
});
