import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askEarly, forgetEarlyAnswers, takeEarlyAnswer, textOf } from './early-answers.ts';
import { askForShare, shareIdIn } from './early-share.ts';

const viewerOrigin = 'http://viewer.example';
const session = { signedIn: true, mustChangePassword: false };
const details = {
  ...{ viewerOrigin, state: 'active', may: { read: true } },
  ...{ latestVersion: { version: 2 }, versions: [{ version: 1 }, { version: 2 }] },
};
const answers = new Map<string, unknown>();
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  answers.clear();
  answers.set('/api/session', session);
  answers.set('/api/shares/abc', details);
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const found = answers.get(path);
    return new Response(JSON.stringify(found ?? {}), { status: found === undefined ? 404 : 200 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  forgetEarlyAnswers();
});

const ask = (search = '') => askForShare(askEarly('/api/session'), 'abc', search);

describe('what is asked for before the console is loaded', () => {
  it('is a share of its own page alone', () => {
    const paths = ['/shares/a-_9', '/shares', '/shares/abc/compare', '/shares/a%2Fb', '/'];
    expect(paths.map(shareIdIn)).toEqual(['a-_9', undefined, undefined, undefined, undefined]);
  });

  it('is the share, then its newest notebook and what is said about it', async () => {
    answers.set('/api/shares/abc/versions/2/notebook', { nbformat: 4 });
    const share = await ask();
    expect(share?.viewerOrigin).toBe(viewerOrigin);
    const notebook = await share?.notebook;
    expect(notebook && textOf(notebook)).toBe('{"nbformat":4}');
    expect(asked).toEqual([
      '/api/session',
      '/api/shares/abc',
      '/api/shares/abc/versions/2/notebook',
      '/api/shares/abc/comments',
    ]);
  });

  it.each([
    ['?version=1', '/api/shares/abc/versions/1/notebook'],
    ['?version=7', '/api/shares/abc/versions/2/notebook'],
  ])('with %s is %s', async (search, path) => {
    await ask(search);
    expect(asked[2]).toBe(path);
  });

  it('has no notebook where that is refused', async () => {
    const share = await ask();
    expect(await share?.notebook).toBeUndefined();
  });

  it.each([
    ['somebody who is signed out', { signedIn: false }],
    ['a password that has to be changed', { signedIn: true, mustChangePassword: true }],
  ])('is no notebook for %s', async (_name, refused) => {
    answers.set('/api/session', refused);
    expect(await ask()).toBeUndefined();
    expect(asked).toEqual(['/api/session', '/api/shares/abc']);
  });

  it.each([
    ['has ended', { ...details, state: 'revoked' }],
    ['may not be read', { ...details, may: { read: false } }],
    ['is refused', undefined],
  ])('is no notebook of a share that %s', async (_name, answer) => {
    answers.set('/api/shares/abc', answer);
    expect(await ask()).toBeUndefined();
    expect(asked).toEqual(['/api/session', '/api/shares/abc']);
  });
});

describe('an early answer', () => {
  it('is handed over once', async () => {
    void askEarly('/api/session');
    expect(await takeEarlyAnswer('/api/session')).toMatchObject({ isOk: true });
    expect(takeEarlyAnswer('/api/session')).toBeUndefined();
  });

  it('is handed over to nobody after it was forgotten', () => {
    void askEarly('/api/session');
    forgetEarlyAnswers();
    expect(takeEarlyAnswer('/api/session')).toBeUndefined();
  });
});
