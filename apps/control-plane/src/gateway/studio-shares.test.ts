import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeCell, notebookBytes } from '../shares/testing/open-test-sharing.ts';
import { audienceOf, shareRequest } from '../shares/testing/sharing-bench.ts';
import {
  type AskOptions,
  codeOf,
  type GatewayBench,
  openGatewayBench,
} from './testing/gateway-bench.ts';
import { agentThatShares, sharingAgent } from './testing/sharing-agent.ts';

const api = '/strongroom/api/shares';

let bench: GatewayBench;
let cookie: string;

beforeEach(async () => {
  bench = await openGatewayBench({ hasBuckets: true });
  ({ cookie } = await bench.openStudio('alice', { team: 'risk-models' }));
  await bench.addPerson('bob', { team: 'risk-models' });
});
afterEach(() => bench.close());

const ask = (path: string, asked: AskOptions = {}) => bench.ask(path, { cookie, ...asked });
const post = (path: string, body: object | string, asked: AskOptions = {}) =>
  ask(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...asked,
    headers: { 'content-type': 'application/json', ...asked.headers },
  });
const share = (change: object = {}) => post(api, { ...shareRequest(new Date()), ...change });
const serve = (notebook: Uint8Array) => bench.serveAgent('alice', { http: sharingAgent(notebook) });
const serveAnswer = (answer: (asked: unknown, response: ServerResponse) => void) =>
  bench.serveAgent('alice', { http: agentThatShares(answer) });

describe('sharing from Lab', () => {
  it('offers teams, people and limits', async () => {
    const choices = JSON.parse((await ask('/strongroom/api/share-choices')).text);
    expect(choices).toMatchObject({
      ...{ maximumDays: 365, defaultDays: 30, maximumNotebookBytes: 50 * 1024 ** 2 },
      people: [{ profileName: 'bob', team: 'risk-models' }],
    });
    expect(choices.teams).toContain('risk-models');
  });

  it('looks a notebook through and shares nothing', async () => {
    await serve(notebookBytes([codeCell('mail("kim@acme-bank.co.kr")')]));
    const answer = await post('/strongroom/api/share-checks', {
      ...{ path: 'a.ipynb', includesOutputs: true },
    });
    expect(JSON.parse(answer.text)).toMatchObject({
      ...{ isBlocked: false, findingCount: 1, cellCount: 1 },
      findings: [{ rule: 'email-address', cellIndex: 0, line: 1, part: 'source' }],
    });
    expect(answer.text).not.toContain('kim@acme-bank.co.kr');
    expect(JSON.parse((await ask(`${api}?list=mine`)).text)).toEqual({ shares: [] });
  });

  it('makes a share, a further version, extends it and ends it', async () => {
    await serve(notebookBytes());
    const made = JSON.parse((await share()).text);
    expect(made).toMatchObject({ title: 'rates.ipynb', state: 'active' });
    expect(made.url).toBe(`http://console.localhost:8080/shares/${made.shareId}`);
    const { path, includesOutputs } = shareRequest(new Date());
    const version = { path, includesOutputs, note: 'again', acceptsWarnings: false };
    const second = await post(`${api}/${made.shareId}/versions`, version);
    expect(JSON.parse(second.text).latestVersion).toMatchObject({ version: 2, note: 'again' });
    const { expiresAt } = shareRequest(new Date(Date.now() + 86_400_000));
    const extended = await post(`${api}/${made.shareId}/extend`, { expiresAt });
    expect(JSON.parse(extended.text).expiresAt).toBe(expiresAt);
    const revoked = await post(`${api}/${made.shareId}/revoke`, '');
    expect(JSON.parse(revoked.text).state).toBe('revoked');
    expect((await ask(`${api}?list=with-me`)).status).toBe(200);
    expect((await ask(`${api}?list=all`)).status).toBe(400);
  });

  it('is for the owner of the studio, and not for a visitor of the team', async () => {
    await serve(notebookBytes());
    bench.rules.sharing = 'team';
    const { sessionId } = await bench.addPerson('carl', { team: 'risk-models' });
    const token = await bench.presignedUrls.issue('alice' as never, sessionId);
    const entered = await bench.ask(`/auth?token=${token}`);
    const visitor = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    expect((await ask('/strongroom/api/studio', { cookie: visitor })).status).toBe(200);
    for (const answer of [
      await post(api, shareRequest(new Date()), { cookie: visitor }),
      await ask(`${api}?list=mine`, { cookie: visitor }),
      await ask('/strongroom/api/share-choices', { cookie: visitor }),
    ]) {
      expect([answer.status, codeOf(answer.text)]).toEqual([403, 'AccessDenied']);
    }
    expect(bench.audit.of('share-refused')).toMatchObject([
      { profileName: 'carl', rule: 'studio-of-another' },
    ]);
  });

  it('is not asked for by another site', async () => {
    const headers = { origin: `http://bob.studio.localhost:${bench.port}` };
    const answer = await post(api, shareRequest(new Date()), { headers });
    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'CrossSiteRequest']);
  });

  it.each([
    ['no JSON', '{', {}],
    ['another type', JSON.stringify(shareRequest(new Date())), { 'content-type': 'text/plain' }],
    ['unknown fields', { ...shareRequest(new Date()), owner: 'bob' }, {}],
    ['too much', `"${'x'.repeat(70_000)}"`, {}],
    ['a note with hidden characters', { ...shareRequest(new Date()), note: 'a\u202eb' }, {}],
    [
      'a stranger',
      { ...shareRequest(new Date()), audience: audienceOf({ people: ['zoe' as never] }) },
      {},
    ],
  ])('refuses a request with %s', async (_name, body, headers) => {
    await serve(notebookBytes());
    const answer = await post(api, body, { headers });
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'InvalidRequest']);
  });
});

describe('an agent that is asked for a notebook', () => {
  const check = { findings: [], findingCount: 0, isBlocked: false, sizeBytes: 1, cellCount: 1 };

  it('is not believed: what it let pass is stopped, what it kept is not shared', async () => {
    await serve(notebookBytes([codeCell('number = "900101-1234568"')]));
    expect(codeOf((await share()).text)).toBe('ShareBlocked');
    await serveAnswer((_asked, response) => response.end(`${JSON.stringify({ check })}\n`));
    expect(codeOf((await share()).text)).toBe('ShareBlocked');
  });

  it('gives no more than it was asked for', async () => {
    let sentBytes = 0;
    await serveAnswer((_asked, response) => {
      response.write(`${JSON.stringify({ check })}\n`);
      const piece = Buffer.alloc(1024 * 1024, 0x20);
      const pour = () => {
        while (!response.destroyed && sentBytes < 2_000 * piece.length) {
          sentBytes += piece.length;
          if (!response.write(piece)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });
    expect(codeOf((await share()).text)).toBe('NotebookTooLarge');
    expect(sentBytes).toBeLessThan(200 * 1024 * 1024);
  });

  it.each([
    ['InvalidNotebook', 400, 'NotANotebook'],
    ['TooLarge', 413, 'NotebookTooLarge'],
    ['NotFound', 404, 'FileNotFound'],
    ['Refused', 403, 'FileRefused'],
    ['InvalidPath', 400, 'FileRefused'],
    ['Internal', 500, 'StudioStopped'],
    ['toString', 400, 'StudioStopped'],
  ])('refuses with %s, which the browser is told as %s %s', async (reason, status, code) => {
    await serveAnswer((_asked, response) => {
      response.writeHead(status).end(JSON.stringify({ reason, message: 'because\u202e\n<b>' }));
    });
    const answer = await share();
    expect(codeOf(answer.text)).toBe(code);
    expect(answer.text).not.toContain('\u202e');
  });

  it.each([
    ['nothing', (response: ServerResponse) => response.end()],
    ['no line', (response: ServerResponse) => response.end('x'.repeat(1_000))],
    ['a line of its own', (response: ServerResponse) => response.end('{"check":1}\n')],
    [
      'half of an answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 1_000_000 });
        response.write(`${JSON.stringify({ check })}\n{`);
        setImmediate(() => response.destroy());
      },
    ],
    ['an error of no kind', (response: ServerResponse) => response.writeHead(400).end('<html>')],
  ])('is a clear error when it answers %s', async (_name, answer) => {
    await serveAnswer((_asked, response) => answer(response));
    expect(codeOf((await share()).text)).toBe('StudioStopped');
  });
});
