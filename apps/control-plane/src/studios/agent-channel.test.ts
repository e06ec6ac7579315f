import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { agentChannelMaximumLineBytes } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AgentChannel,
  type AgentChannelHandlers,
  AgentRequestError,
  openAgentChannel,
} from './agent-channel.ts';
import { deferred } from './deferred.ts';
import { eventually } from './testing/eventually.ts';

let agent: Socket;
let ours: Socket;
let channel: AgentChannel;
let answer: AgentChannelHandlers['onRequest'];
const notices: unknown[] = [];
let violated = deferred<string>();
let ended = deferred<void>();

beforeEach(async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  agent = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [ours] = (await once(server, 'connection')) as [Socket];
  server.close();
  notices.length = 0;
  violated = deferred();
  ended = deferred();
  answer = async () => ({});
  channel = openAgentChannel(ours, {
    onRequest: (request) => answer(request),
    onNotice: (notice) => notices.push(notice),
    onViolation: (reason) => violated.resolve(reason),
    onEnd: () => ended.resolve(),
  });
});

afterEach(() => {
  agent.destroy();
  channel.close();
});

const stopKernel = (id: number) =>
  `${JSON.stringify({ id, method: 'stopKernel', params: { kernelId: randomUUID() } })}\n`;

async function nextLine(): Promise<unknown> {
  const [chunk] = (await once(agent, 'data')) as [Buffer];
  return JSON.parse(chunk.toString());
}

describe('the agent channel', () => {
  it('takes messages however they are cut', async () => {
    const text = '{"notice":"ready"}\n{"notice":"activity","kernelCount":1,"terminalCount":2}\n';
    for (const character of text) agent.write(character);
    await eventually(() => notices).toEqual([
      { notice: 'ready' },
      { notice: 'activity', kernelCount: 1, terminalCount: 2, busyKernelIds: [] },
    ]);
  });

  it('answers a request under its number', async () => {
    agent.write(stopKernel(7));
    expect(await nextLine()).toEqual({ id: 7, result: {} });
  });

  it('tells a refusal with its code, and nothing else of it', async () => {
    answer = async () => {
      throw new AgentRequestError('AccessDenied', 'not this one', { cause: new Error('secret') });
    };
    agent.write(stopKernel(8));
    expect(await nextLine()).toEqual({
      id: 8,
      error: { code: 'AccessDenied', message: 'not this one' },
    });
  });

  it.each([
    ['text', 'hello\n'],
    ['an empty line', '\n'],
    ['an unknown notice', '{"notice":"administrator"}\n'],
    ['an unknown method', '{"id":1,"method":"readFile","params":{"path":"/etc/shadow"}}\n'],
    ['wrong parameters', '{"id":1,"method":"stopKernel","params":{"kernelId":"../x"}}\n'],
    ['a negative count', '{"notice":"activity","kernelCount":-1,"terminalCount":0}\n'],
    [
      'another signal',
      `{"id":1,"method":"signalKernel","params":{"kernelId":"${randomUUID()}","signal":"SIGKILL"}}\n`,
    ],
    ['a list', '[]\n'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x0a])],
  ])('ends at %s', async (_what, bytes) => {
    agent.write(bytes);
    expect(await violated.promise).toMatch(/not a message/);
    expect(ours.destroyed).toBe(true);
  });

  it('ends at a line without end, having kept no more than the limit', async () => {
    agent.on('error', () => undefined);
    agent.write(Buffer.alloc(agentChannelMaximumLineBytes + 2, 0x61));
    expect(await violated.promise).toMatch(/too long/);
  });

  it('takes a line of exactly the limit for a line', async () => {
    agent.write(`${'a'.repeat(agentChannelMaximumLineBytes)}\n`);
    expect(await violated.promise).toMatch(/not a message/);
  });

  it('ends when too much is asked at once', async () => {
    answer = () => new Promise(() => undefined);
    for (let id = 0; id < 65; id += 1) agent.write(stopKernel(id));
    expect(await violated.promise).toMatch(/too much/);
  });

  it('reads a flood of notices a little at a time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      agent.write('{"notice":"ready"}\n'.repeat(201));
      await vi.waitFor(() => expect(ours.isPaused()).toBe(true));
      vi.advanceTimersByTime(1000);
      expect(ours.isPaused()).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('takes nothing more after a violation', async () => {
    agent.write('nonsense\n{"notice":"ready"}\n');
    await violated.promise;
    expect(notices).toEqual([]);
  });

  it('tells when the other end is gone', async () => {
    agent.destroy();
    await ended.promise;
    channel.send({ event: 'shutdown' });
  });
});
