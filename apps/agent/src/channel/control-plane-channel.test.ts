import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ControlPlaneChannel } from './control-plane-channel.ts';

let folder: string;
let peer: Socket;
let channel: ControlPlaneChannel;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'channel-'));
  const server = createServer();
  server.listen(join(folder, 's'));
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  channel = new ControlPlaneChannel(connect(join(folder, 's')));
  [peer] = (await accepted) as [Socket];
  server.close();
});

afterEach(() => {
  channel.close();
  peer.destroy();
  rmSync(folder, { recursive: true });
});

async function nextLine(): Promise<{ id: number; method?: string }> {
  const lines = createInterface({ input: peer });
  const [line] = await once(lines, 'line');
  lines.close();
  return JSON.parse(line);
}

const kernelId = '00000000-0000-4000-8000-000000000000' as never;

test('an answer settles the request it belongs to', async () => {
  const asked = channel.request('stopKernel', { kernelId });
  const { id, method } = await nextLine();
  expect(method).toBe('stopKernel');
  peer.write(`{"id":${id + 1},"result":{}}\n{"id":${id},"result":{}}\n`);
  await asked;
});

test('a refusal carries the words and the reference of the control plane', async () => {
  const asked = channel.request('stopKernel', { kernelId });
  const { id } = await nextLine();
  const error = { code: 'AccessDenied', message: 'Not that one', reference: 'R-1' };
  peer.write(`${JSON.stringify({ id, error })}\n`);
  await expect(asked).rejects.toMatchObject({
    code: 'Refused',
    message: 'Not that one (reference R-1)',
  });
});

test('events arrive however their bytes are cut', async () => {
  const changed = once(channel, 'language');
  const bytes = Buffer.from('{"event":"language","language":"ko"}\n');
  for (const byte of bytes) {
    peer.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await changed).toEqual([{ event: 'language', language: 'ko' }]);
});

test('when the channel ends, what waits is refused and so is what comes after', async () => {
  const asked = channel.request('stopKernel', { kernelId });
  const closed = once(channel, 'closed');
  peer.destroy();
  await expect(asked).rejects.toMatchObject({ code: 'Unavailable' });
  await closed;
  await expect(channel.request('stopKernel', { kernelId })).rejects.toMatchObject({
    code: 'Unavailable',
  });
});

test('a request that the channel could not carry is refused here', async () => {
  const request = channel.request('startKernel', {
    kernelId,
    imageName: '',
    instanceType: '',
    argv: ['x'],
    environment: { LARGE: 'x'.repeat(300_000) },
    workingDirectory: '/',
  });
  await expect(request).rejects.toMatchObject({ code: 'TooLarge' });
});
