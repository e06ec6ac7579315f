import { StrongroomError } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeCell, notebookBytes } from '../../shares/testing/open-test-sharing.ts';
import { sourceOf } from '../../shares/testing/sharing-bench.ts';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
let bob: BrowserDouble;
let shareId: string;

beforeEach(async () => {
  running = await runConsole();
  bob = await running.browserOf('bob');
  shareId = await share('rates.ipynb', notebookBytes([codeCell('1 + 1', '2')]));
});
afterEach(() => running.close());

async function share(path: string, bytes: Uint8Array): Promise<string> {
  const person = await running.identity.people.find('alice');
  if (person === undefined) throw new Error('alice is missing');
  const { profileName } = person;
  return running.sharing.writer.create(
    { person, actor: { profileName, remoteAddress: undefined, reference: '-' } },
    {
      ...{ path, includesOutputs: true, note: '', acceptsWarnings: false },
      audience: { everyone: false, teams: [], people: ['bob' as never] },
      expiresAt: '2026-01-02T00:00:00.000Z',
    },
    sourceOf(bytes),
  );
}

const notebookPath = (version: number | string = 1) =>
  `/api/shares/${shareId}/versions/${version}/notebook`;
const copy = (body: unknown = { version: 1 }) =>
  bob.send(`/api/shares/${shareId}/copies`, { method: 'POST', body });

describe('the notebook of a share', () => {
  it('is data on the origin of the console, and never a page of it', async () => {
    shareId = await share('work/보고서 "1".ipynb', notebookBytes());
    const { status, headers, text } = await bob.send(notebookPath());
    expect([status, text]).toEqual([200, notebookBytes().toString()]);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(/^attachment; filename=/),
    });
  });

  it.each([0, -1, 2, 'x', '1e1', '01', '99999999999999999999'])(
    'has no version %s',
    async (version) => {
      const { json } = await bob.send(notebookPath(version));
      expect(json.error.code).toBe('ShareNotFound');
    },
  );

  it.each(['x', 'A'.repeat(21), 'A'.repeat(23), '%2e%2e', 'A'.repeat(22)])(
    'has no share %s',
    async (id) => {
      const { status, json } = await bob.send(`/api/shares/${id}`);
      expect([status, json.error.code]).toEqual([404, 'ShareNotFound']);
    },
  );

  it('is asked for only so often', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) {
      statuses.add((await bob.send(`/api/shares/${shareId}/copies`, { method: 'POST' })).status);
    }
    expect([...statuses]).toEqual([400, 429]);
    // Whoever manages it is not kept from ending it.
    const alice = await running.browserOf('alice');
    const revoke = await alice.send(`/api/shares/${shareId}/revoke`, { method: 'POST', body: {} });
    expect(revoke.status).toBe(200);
  });
});

describe('a copy of a share', () => {
  it('goes into the home of whoever asks, marked with where it came from', async () => {
    const answer = await copy();
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        path: 'rates.ipynb',
        openUrl: 'http://console.localhost:8080/launch/bob?open=rates.ipynb',
      },
    ]);
    const written = running.studios.written.get('bob/rates.ipynb');
    expect(JSON.parse(String(written)).metadata.strongroom).toEqual({
      ...{ sharedBy: 'alice', shareId, version: 1, copiedAt: '2026-01-01T00:00:00.000Z' },
    });
    const alice = await running.browserOf('alice');
    const { json } = await alice.send(`/api/shares/${shareId}/views`);
    expect(json.views).toMatchObject([{ profileName: 'bob', kind: 'copied', version: 1 }]);
  });

  it('says why where the home has no room', async () => {
    running.studios.failure = new StrongroomError('DiskFull', 'The disk is full');
    expect((await copy()).json.error.code).toBe('DiskFull');
  });

  it.each([{}, { version: 0 }, { version: '1' }, { version: 1, path: '../x' }])(
    'is not made for %j',
    async (body) => {
      expect((await copy(body)).json.error.code).toBe('InvalidRequest');
      expect(running.studios.written.size).toBe(0);
    },
  );
});

describe('a list of shares', () => {
  it.each(['', '?list=', '?list=everything', '?list=mine&list=all', '?list=mine&owner=alice'])(
    'has a name: %j',
    async (query) => {
      expect((await bob.send(`/api/shares${query}`)).status).toBe(400);
    },
  );

  it('of all is refused to whoever oversees nothing, by the rule', async () => {
    const { json } = await bob.send('/api/shares?list=all');
    expect(json.error).toMatchObject({
      ...{ code: 'AccessDenied', values: { action: 'strongroom:ListShares' } },
    });
  });
});

describe('an open page', () => {
  it('learns within one poll that the share was revoked, and asks without being a sign of life', async () => {
    expect((await bob.send(`/api/shares/${shareId}`)).status).toBe(200);
    const admin = await running.browserOf('admin');
    await admin.send(`/api/shares/${shareId}/revoke`, { method: 'POST', body: {} });
    const { status, json } = await bob.send(`/api/shares/${shareId}`);
    expect([status, json.error.code]).toEqual([410, 'ShareRevoked']);
    running.advanceMinutes(59);
    await bob.send(`/api/shares/${shareId}`);
    running.advanceMinutes(2);
    expect((await bob.send(`/api/shares/${shareId}`)).status).toBe(401);
  });

  it('learns that the share has expired', async () => {
    running.time.now = new Date('2026-01-02T00:00:01Z');
    const later = await running.browserOf('bob');
    const { status, json } = await later.send(`/api/shares/${shareId}`);
    expect([status, json.error.code]).toEqual([410, 'ShareExpired']);
  });
});
