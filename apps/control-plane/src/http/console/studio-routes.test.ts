import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownLaunchId } from '../testing/studios-double.ts';

let running: RunningConsole;
let alice: BrowserDouble;
beforeAll(async () => {
  running = await runConsole();
  alice = await running.browserOf('alice');
});
afterAll(() => running.close());

const download = () => alice.send('/api/profiles/alice/files/content?path=x');

describe('a launch', () => {
  it('is bound to the session that asked for it', async () => {
    const answer = await alice.send('/api/profiles/alice/launches', { method: 'POST' });
    expect(answer.status).toBe(201);
    const [session] = await running.state.selectFrom('sessions').selectAll().execute();
    expect(running.studios.calls).toContain(`launch alice ${session?.session_id}`);
  });

  it('is followed as server-sent events to its end', async () => {
    const answer = await alice.send(`/api/launches/${knownLaunchId}/events`);
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const states = answer.text
      .split('\n\n')
      .filter((block) => block !== '')
      .map((block) => JSON.parse(block.replace(/^data: /, '')).state);
    expect(states).toEqual(['Running', 'Ready']);
  });
});

describe('an app', () => {
  it.each(['x', 'A'.repeat(32), 'f'.repeat(32)])(
    'is not stopped by an id that is none: %s',
    async (id) => {
      const answer = await alice.send(`/api/profiles/alice/apps/${id}`, { method: 'DELETE' });
      expect(answer.json.error.code).toBe('AppNotFound');
    },
  );
});

describe('a download', () => {
  it('is saved under its name and never shown in this origin', async () => {
    running.studios.fileName = 'ünïcode "quote"\r\n.html';
    const { headers, text } = await download();
    expect(text).toBe('content');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="_n_code _quote___.html"; filename*=UTF-8\'\'%C3%BCn%C3%AFcode%20%22quote%22%0D%0A.html',
    );
  });

  it('has no more bytes than were announced, of a file that grows', async () => {
    running.studios.announcedSizeBytes = 4;
    const { headers, text } = await download();
    expect([headers['content-length'], text]).toEqual(['4', 'cont']);
  });

  it('breaks off where the file became shorter', async () => {
    running.studios.announcedSizeBytes = 1_000;
    await expect(download()).rejects.toThrow();
  });

  it('is refused with a path that is given twice or too long', async () => {
    const twice = await alice.send('/api/profiles/alice/files?path=a&path=b');
    expect(twice.json.error.code).toBe('InvalidRequest');
    const long = await alice.send(`/api/profiles/alice/files?path=${'a'.repeat(5_000)}`);
    expect(long.json.error.code).toBe('InvalidRequest');
  });
});
