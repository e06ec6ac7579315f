import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent();
  writeFileSync(join(agent.home, 'digits.txt'), '0123456789');
});

afterEach(async () => {
  await agent.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  agent.send('GET', `/files/${path}`, { headers });

describe('files', () => {
  it('come whole, with their type, and cannot be taken for another', async () => {
    const answer = await get('digits.txt');
    expect([answer.status, answer.text]).toEqual([200, '0123456789']);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '10',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-security-policy': 'sandbox allow-scripts',
    });
    expect(answer.headers['content-disposition']).toBeUndefined();
  });

  it('of unknown type are bytes', async () => {
    writeFileSync(join(agent.home, 'model.pickle'), 'x');
    expect((await get('model.pickle')).headers['content-type']).toBe('application/octet-stream');
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=5-100', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
  ])('answer the range %s with %i', async (range, status, text, contentRange) => {
    const answer = await get('digits.txt', { range });
    expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it('answer a HEAD with the headers alone', async () => {
    const answer = await agent.send('HEAD', '/files/digits.txt');
    expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([200, '', '10']);
  });

  it('are not sent again while they stay the same', async () => {
    const { etag = '', 'last-modified': modified = '' } = (await get('digits.txt')).headers;
    expect((await get('digits.txt', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('digits.txt', { 'if-none-match': `W/${etag}, "x"` })).status).toBe(304);
    expect((await get('digits.txt', { 'if-modified-since': modified })).status).toBe(304);
    writeFileSync(join(agent.home, 'digits.txt'), '9876543210');
    utimesSync(join(agent.home, 'digits.txt'), 1, 1);
    expect((await get('digits.txt', { 'if-none-match': etag })).status).toBe(200);
    const resumed = await get('digits.txt', { range: 'bytes=5-', 'if-range': etag });
    expect([resumed.status, resumed.text]).toEqual([200, '9876543210']);
  });

  it('are downloaded under their own name in any script', async () => {
    writeFileSync(join(agent.home, '보고서 "1".csv'), '');
    const answer = await get(`${encodeURIComponent('보고서 "1".csv')}?download=1`);
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="___ _1_.csv"; filename*=UTF-8''%EB%B3%B4%EA%B3%A0%EC%84%9C%20%221%22.csv`,
    );
  });

  it('that are empty work, with a range too', async () => {
    writeFileSync(join(agent.home, 'empty'), '');
    expect([(await get('empty')).status, (await get('empty')).text]).toEqual([200, '']);
    expect((await get('empty', { range: 'bytes=0-' })).status).toBe(416);
  });

  it('that do not exist or are folders are refused', async () => {
    mkdirSync(join(agent.home, 'data'));
    expect((await get('none')).status).toBe(404);
    expect((await get('data')).status).toBe(400);
    expect((await agent.send('POST', '/files/digits.txt')).status).toBe(405);
  });
});
