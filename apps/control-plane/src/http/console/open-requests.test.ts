import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denying } from '../../policies/testing/authorize-for.ts';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';
import { knownLaunchId } from '../testing/studios-double.ts';

const profileName = 'alice' as never;
const downloading = '/api/profiles/alice/files/content?path=notes.txt';
const following = `/api/launches/${knownLaunchId}/events`;

let running: RunningConsole;
let alice: BrowserDouble;

beforeEach(async () => {
  running = await runConsole();
  alice = await running.browserOf('alice');
  running.studios.fileStream = endless();
  running.studios.launchGate = new Promise(() => undefined);
});
afterEach(() => running.close());

/** An answer that has begun and does not end by itself; `cut` settles once the connection is gone. */
function open(path: string): Promise<{ cut: Promise<number> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      ...{ host: '127.0.0.1', port: alice.port, path, agent: false },
      headers: { host: alice.host, cookie: alice.cookie, 'sec-fetch-site': 'same-origin' },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const cut = new Promise<number>((closed) => {
        incoming.on('error', () => undefined);
        incoming.once('close', () => closed(Date.now()));
      });
      incoming.once('data', () => resolve({ cut }));
    });
    outgoing.end();
  });
}

function endless(): Readable {
  return new Readable({
    read() {
      this.push(Buffer.alloc(64 * 1024));
    },
  });
}

const ways = [
  ['a download', downloading],
  ['a launch that is followed', following],
] as const;

describe.each(ways)('%s', (_what, path) => {
  it.each<[string, () => Promise<unknown>]>([
    ['is disabled', () => running.identity.administration.setDisabled(profileName, true)],
    [
      'is removed',
      () => running.identity.administration.removePerson(profileName, { deleteHome: false }),
    ],
    ['signs out', () => alice.send('/api/session', { method: 'DELETE' })],
    [
      'gets a new password',
      () => running.identity.administration.createOneTimePassword(profileName),
    ],
  ])('ends within a second once its person %s', async (_event, end) => {
    const { cut } = await open(path);
    await end();
    const endedAt = Date.now();
    expect((await cut) - endedAt).toBeLessThan(1_000);
  });

  it('ends at a review where a policy no longer allows it', async () => {
    const { cut } = await open(path);
    await running.review();
    running.own.policies = [
      denying({ Action: ['sagemaker:CreatePresignedDomainUrl', 'strongroom:ReadHomeFile'] }),
    ];
    await running.review();
    await cut;
  });

  it('ends by itself within five seconds once its session has run out', async () => {
    const { cut } = await open(path);
    const endedAt = Date.now();
    running.advanceMinutes(24 * 60);
    expect((await cut) - endedAt).toBeLessThan(6_000);
  });
});

describe('a download that is cut', () => {
  it('is no longer read where the file is', async () => {
    const stream = running.studios.fileStream;
    const closed = new Promise((resolve) => stream?.once('close', resolve));
    const { cut } = await open(downloading);
    await running.identity.administration.setDisabled(profileName, true);
    await Promise.all([cut, closed]);
  });

  it('leaves what others have open', async () => {
    const { cut } = await open(following);
    let isCut = false;
    void cut.then(() => {
      isCut = true;
    });
    await running.identity.administration.setDisabled('bob' as never, true);
    await running.review();
    expect((await alice.send('/api/domain')).status).toBe(200);
    expect(isCut).toBe(false);
  });
});
