import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;
let outside: string;

beforeEach(async () => {
  agent = await startTestAgent();
  outside = mkdtempSync(join(tmpdir(), 'agent-outside-'));
  writeFileSync(join(outside, 'secret.txt'), 'secret');
});

afterEach(async () => {
  await agent.close();
  rmSync(outside, { recursive: true, force: true });
});

const inHome = (...names: string[]) => join(agent.home, ...names);
const textFile = { type: 'file', format: 'text', content: 'new' };

describe('paths that lead out of the home', () => {
  it.each([
    '../x',
    '%2e%2e/x',
    'a/../../x',
    '..%2fx',
    '%2e%2e%2f%2e%2e%2fetc/passwd',
    'a%00.txt',
    './a',
  ])('are refused: %s', async (path) => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH']) {
      const body = method === 'PATCH' ? { path: 'b' } : { ...textFile };
      const answer = await agent.send(method, `/api/contents/${path}`, {
        ...(method !== 'GET' && { body }),
      });
      expect([method, answer.status]).toEqual([method, 400]);
    }
    expect((await agent.send('GET', `/files/${path}`)).status).toBe(400);
  });

  it('are refused in bodies too', async () => {
    writeFileSync(inHome('a.txt'), 'a');
    const move = await agent.send('PATCH', '/api/contents/a.txt', { body: { path: '../a.txt' } });
    const copy = await agent.send('POST', '/api/contents', {
      body: { copy_from: '../../etc/passwd' },
    });
    expect([move.status, copy.status]).toEqual([400, 400]);
    expect(existsSync(inHome('a.txt'))).toBe(true);
  });

  it('stay inside where they are absolute', async () => {
    expect((await agent.send('GET', '/api/contents//etc/shadow')).status).toBe(404);
    expect((await agent.send('GET', '/files//etc/shadow')).status).toBe(404);
  });

  it('are refused where the address is not UTF-8', async () => {
    expect((await agent.send('GET', '/api/contents/%ff%fe')).status).toBe(400);
    expect((await agent.send('GET', '/api/contents/%zz')).status).toBe(400);
  });
});

describe('links', () => {
  beforeEach(() => {
    symlinkSync('/etc/shadow', inHome('shadow'));
    symlinkSync(outside, inHome('other-home'));
    symlinkSync('loop', inHome('loop'));
    symlinkSync('nothing', inHome('dangling'));
    mkdirSync(inHome('data'));
    writeFileSync(inHome('data/a.txt'), 'a');
    symlinkSync('data', inHome('linked'));
    symlinkSync('data/a.txt', inHome('a.txt'));
  });

  it('are listed, whatever they lead to', async () => {
    const { content } = (await agent.send('GET', '/api/contents?content=1')).json();
    const types = Object.fromEntries(
      content.map((entry: { name: string; type: string }) => [entry.name, entry.type]),
    );
    expect(types).toEqual({
      shadow: 'file',
      'other-home': 'file',
      loop: 'file',
      dangling: 'file',
      data: 'directory',
      linked: 'directory',
      'a.txt': 'file',
    });
  });

  it.each([
    ['shadow', 403],
    ['other-home', 403],
    ['other-home/secret.txt', 403],
    ['loop', 404],
    ['dangling', 404],
  ])('that leave the home are refused on every way in: %s', async (path, status) => {
    const requests = [
      agent.send('GET', `/api/contents/${path}`),
      agent.send('GET', `/api/contents/${path}?content=0&hash=1`),
      agent.send('GET', `/files/${path}`),
      agent.send('POST', '/api/contents', { body: { copy_from: path } }),
      agent.send('POST', `/api/contents/${path}/checkpoints`),
      agent.send('GET', `/nbconvert/html/${path}.ipynb`),
    ];
    const statuses = (await Promise.all(requests)).map((answer) => answer.status);
    expect(statuses.slice(0, 5)).toEqual(Array(5).fill(status));
    expect(statuses[5]).not.toBe(200);
  });

  it('are not written through when they leave the home', async () => {
    for (const path of [
      'other-home',
      'other-home/secret.txt',
      'other-home/new.txt',
      'loop',
      'dangling',
    ]) {
      const answer = await agent.send('PUT', `/api/contents/${path}`, { body: textFile });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      const chunk = { ...textFile, chunk: 1 };
      const upload = await agent.send('PUT', `/api/contents/${path}`, { body: chunk });
      expect(upload.status).toBeGreaterThanOrEqual(400);
    }
    const move = await agent.send('PATCH', '/api/contents/data', {
      body: { path: 'other-home/data' },
    });
    const create = await agent.send('POST', '/api/contents/other-home', { body: { type: 'file' } });
    expect([move.status, create.status]).toEqual([403, 403]);
    expect(readdirSync(outside)).toEqual(['secret.txt']);
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('can be deleted and renamed themselves, and what they lead to stays', async () => {
    for (const path of ['shadow', 'other-home', 'loop', 'dangling']) {
      const renamed = await agent.send('PATCH', `/api/contents/${path}`, {
        body: { path: `${path}-2` },
      });
      expect([path, renamed.status]).toEqual([path, 200]);
      expect((await agent.send('DELETE', `/api/contents/${path}-2`)).status).toBe(204);
    }
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readdirSync(agent.home)).not.toContain('shadow-2');
  });

  it('inside the home work, and saving through one keeps it', async () => {
    expect((await agent.send('GET', '/api/contents/linked')).json().content).toHaveLength(1);
    expect((await agent.send('PUT', '/api/contents/a.txt', { body: textFile })).status).toBe(200);
    expect(lstatSync(inHome('a.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(inHome('data/a.txt'), 'utf8')).toBe('new');
  });
});

describe('names', () => {
  it('that are too long are refused with 400', async () => {
    const answer = await agent.send('PUT', `/api/contents/${'n'.repeat(256)}`, { body: textFile });
    expect([answer.status, answer.json().reason]).toEqual([400, 'InvalidPath']);
    const korean = encodeURIComponent('가'.repeat(86));
    expect((await agent.send('PUT', `/api/contents/${korean}`, { body: textFile })).status).toBe(
      400,
    );
    const deep = Array(3000).fill('dd').join('/');
    expect((await agent.send('GET', `/api/contents/${deep}`)).status).toBe(400);
    const rename = { path: 'n'.repeat(300) };
    writeFileSync(inHome('a.txt'), '');
    expect((await agent.send('PATCH', '/api/contents/a.txt', { body: rename })).status).toBe(400);
  });

  it('as long as the disk allows work, deep in folders too', async () => {
    const longest = '가'.repeat(85);
    const deep = Array(12).fill(longest).join('/');
    mkdirSync(inHome(deep), { recursive: true });
    const path = `/api/contents/${encodeURI(deep)}/${encodeURIComponent(longest)}`;
    expect((await agent.send('PUT', path, { body: textFile })).status).toBe(201);
    expect((await agent.send('GET', path)).json().content).toBe('new');
    expect((await agent.send('GET', path.replace('/api/contents', '/files'))).text).toBe('new');
    expect((await agent.send('DELETE', path)).status).toBe(204);
  });

  it('that Windows reserves or JSON and URLs must escape are ordinary', async () => {
    const names = [
      'CON',
      'aux.txt',
      'a:b?.ipynb',
      'trailing. ',
      '100%.csv',
      'a#b&c=d',
      '"q"',
      'a\\b',
      '~',
      '-rf',
    ];
    for (const name of names) {
      const path = `/api/contents/${encodeURIComponent(name)}`;
      expect((await agent.send('PUT', path, { body: textFile })).json().name).toBe(name);
      expect((await agent.send('GET', `/files/${encodeURIComponent(name)}`)).text).toBe('new');
    }
    expect(readdirSync(agent.home).sort()).toEqual([...names].sort());
  });

  it('that are not UTF-8 are listed, opened, renamed and deleted', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${agent.home}/`),
      Buffer.from([0xb0, 0xa1, 0x2e, 0x63]),
    ]);
    writeFileSync(bytes, 'legacy');
    writeFileSync(inHome('b.txt'), '');
    const { content } = (await agent.send('GET', '/api/contents?content=1')).json();
    const name = content.find((entry: { name: string }) => entry.name !== 'b.txt').name;
    const path = `/api/contents/${encodeURIComponent(name)}`;
    expect((await agent.send('GET', path)).json().content).toBe('legacy');
    expect((await agent.send('GET', `/files/${encodeURIComponent(name)}`)).text).toBe('legacy');
    expect((await agent.send('POST', '/api/contents', { body: { copy_from: name } })).status).toBe(
      201,
    );
    expect((await agent.send('PUT', path, { body: textFile })).status).toBe(200);
    expect(readFileSync(bytes, 'utf8')).toBe('new');
    expect((await agent.send('DELETE', path)).status).toBe(204);
    expect(existsSync(bytes)).toBe(false);
  });
});

describe('entries that are not regular files', () => {
  it('are listed but refused without waiting', async () => {
    execFileSync('mkfifo', [inHome('pipe')]);
    symlinkSync('pipe', inHome('to-pipe'));
    const socket = createServer().listen(inHome('socket'));
    await new Promise((resolve) => socket.once('listening', resolve));
    const { content } = (await agent.send('GET', '/api/contents?content=1')).json();
    expect(content.map((entry: { name: string }) => entry.name).sort()).toEqual([
      'pipe',
      'socket',
      'to-pipe',
    ]);
    for (const path of ['pipe', 'to-pipe', 'socket']) {
      const statuses = await Promise.all([
        agent.send('GET', `/api/contents/${path}`),
        agent.send('GET', `/api/contents/${path}?content=0&hash=1`),
        agent.send('GET', `/files/${path}`),
        agent.send('PUT', `/api/contents/${path}`, { body: textFile }),
        agent.send('POST', '/api/contents', { body: { copy_from: path } }),
      ]);
      expect(statuses.map((answer) => answer.status)).toEqual(Array(5).fill(403));
    }
    expect((await agent.send('DELETE', '/api/contents/pipe')).status).toBe(204);
    socket.close();
  });
});
