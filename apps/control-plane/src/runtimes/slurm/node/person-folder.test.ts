import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PersonFolder } from './person-folder.ts';

const forever = new AbortController().signal;
let root: string;
let folder: PersonFolder;
const servers: Server[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'strongroom-person-'));
  folder = await PersonFolder.make(join(root, 'k'), undefined);
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await folder.close();
  await rm(root, { recursive: true, force: true });
});

async function listenAt(path: string): Promise<void> {
  const server = createServer((socket) => socket.end('heard'));
  servers.push(server);
  server.listen(path);
  await once(server, 'listening');
}

test('a socket is connected to, also one that comes later', async () => {
  const connecting = folder.connect('kernel-1', forever);
  await listenAt(join(root, 'k', 'kernel-1'));
  const [chunk] = await once(await connecting, 'data');
  expect(String(chunk)).toBe('heard');
});

test('a link to a socket of the host is not followed', async () => {
  await listenAt(join(root, 'of-the-host'));
  await symlink(join(root, 'of-the-host'), join(root, 'k', 'kernel-1'));
  await expect(folder.connect('kernel-1', forever)).rejects.toThrow('no socket');
});

test('waiting for a socket ends when nobody waits any more', async () => {
  const ending = new AbortController();
  const connecting = folder.connect('kernel-1', ending.signal);
  ending.abort(new Error('gone'));
  await expect(connecting).rejects.toThrow('gone');
});
