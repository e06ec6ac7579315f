import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';
import { emptyNotebook } from './notebook.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent();
});

afterEach(async () => {
  await agent.close();
});

const inHome = (...names: string[]) => join(agent.home, ...names);
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const put = (path: string, body: unknown) => agent.send('PUT', `/api/contents/${path}`, { body });
const textFile = (content: string) => ({ type: 'file', format: 'text', content });

describe('reading contents', () => {
  it('lists a folder, dot files too, without what belongs to the server', async () => {
    mkdirSync(inHome('data'));
    mkdirSync(inHome('.ipynb_checkpoints'));
    for (const name of ['a.ipynb', 'b.txt', '.hidden', '.strongroom-0123456789abcdef.tmp']) {
      writeFileSync(inHome(name), 'x');
    }
    const model = (await agent.send('GET', '/api/contents?content=1&hash=0')).json();
    expect(model).toMatchObject({
      name: '',
      path: '',
      type: 'directory',
      format: 'json',
      size: null,
    });
    const listed = model.content.map((entry: { name: string; type: string }) => [
      entry.name,
      entry.type,
    ]);
    expect(listed.sort()).toEqual([
      ['.hidden', 'file'],
      ['a.ipynb', 'notebook'],
      ['b.txt', 'file'],
      ['data', 'directory'],
    ]);
  });

  it('removes what a killed agent left half written a day ago, and nothing younger', async () => {
    const [old, young] = ['.strongroom-0000000000000000.tmp', '.strongroom-1111111111111111.tmp'];
    for (const name of [old, young]) writeFileSync(inHome(name), 'x');
    const dayAndMoreAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(inHome(old), dayAndMoreAgo, dayAndMoreAgo);
    await agent.send('GET', '/api/contents');
    expect(readdirSync(agent.home)).toEqual([young]);
  });

  it('leaves the content out when it is not asked for', async () => {
    writeFileSync(inHome('b.txt'), 'hello');
    const model = (await agent.send('GET', '/api/contents/b.txt?content=0')).json();
    expect(model).toMatchObject({
      content: null,
      format: null,
      size: 5,
      writable: true,
      hash: null,
    });
    expect(new Date(model.last_modified).toISOString()).toBe(model.last_modified);
  });

  it('hashes the bytes on disk, with and without the content', async () => {
    writeFileSync(inHome('b.txt'), 'hello');
    for (const content of [0, 1]) {
      const model = (
        await agent.send('GET', `/api/contents/b.txt?content=${content}&hash=1`)
      ).json();
      expect(model).toMatchObject({ hash: sha256('hello'), hash_algorithm: 'sha256' });
    }
  });

  it('gives text where it is UTF-8 and base64 where it is not', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x80]);
    writeFileSync(inHome('text.md'), '\ufeff한글\r\n');
    writeFileSync(inHome('image.png'), bytes);
    expect((await agent.send('GET', '/api/contents/text.md')).json()).toMatchObject({
      format: 'text',
      content: '\ufeff한글\r\n',
      mimetype: 'text/markdown',
    });
    expect((await agent.send('GET', '/api/contents/image.png')).json()).toMatchObject({
      format: 'base64',
      content: bytes.toString('base64'),
      mimetype: 'image/png',
    });
    expect((await agent.send('GET', '/api/contents/text.md?format=base64')).json().format).toBe(
      'base64',
    );
    expect((await agent.send('GET', '/api/contents/image.png?format=text')).status).toBe(400);
  });

  it('opens a notebook as a notebook, or as a file when that is asked for', async () => {
    writeFileSync(inHome('a.ipynb'), JSON.stringify(emptyNotebook()));
    const notebook = (await agent.send('GET', '/api/contents/a.ipynb')).json();
    expect(notebook).toMatchObject({ type: 'notebook', format: 'json', mimetype: null });
    expect(notebook.content.nbformat).toBe(4);
    const file = (await agent.send('GET', '/api/contents/a.ipynb?type=file&format=text')).json();
    expect(file).toMatchObject({ type: 'file', format: 'text' });
  });

  it('says where a notebook stops being JSON', async () => {
    writeFileSync(inHome('a.ipynb'), '{\n "cells": [\n<<<<<<< HEAD\n');
    const answer = await agent.send('GET', '/api/contents/a.ipynb?type=notebook&content=1');
    expect(answer.status).toBe(400);
    expect(answer.json().message).toContain('line 3, column 1');
    expect((await agent.send('GET', '/api/contents/a.ipynb?type=file')).status).toBe(200);
  });

  it('answers 404 for what does not exist and 400 for the wrong type', async () => {
    mkdirSync(inHome('data'));
    writeFileSync(inHome('b.txt'), '');
    expect((await agent.send('GET', '/api/contents/none.txt')).status).toBe(404);
    expect((await agent.send('GET', '/api/contents/b.txt/inside')).status).toBe(404);
    expect((await agent.send('GET', '/api/contents/data?type=file')).status).toBe(400);
    expect((await agent.send('GET', '/api/contents/b.txt?type=directory')).status).toBe(400);
    expect((await agent.send('GET', '/api/contents/b.txt?content=2')).status).toBe(400);
  });

  it('refuses content too large for a JSON answer and says to download it', async () => {
    writeFileSync(inHome('big.txt'), Buffer.alloc(64 * 1024 * 1024 + 1, 'x'));
    const answer = await agent.send('GET', '/api/contents/big.txt');
    expect(answer.status).toBe(413);
    expect(answer.json()).toMatchObject({ reason: 'TooLarge' });
    expect((await agent.send('GET', '/api/contents/big.txt?content=0')).status).toBe(200);
  });

  it('lists ten thousand files', async () => {
    mkdirSync(inHome('many'));
    for (let index = 0; index < 10_000; index += 1)
      writeFileSync(inHome('many', `${index}.csv`), '');
    const answer = await agent.send('GET', '/api/contents/many?content=1', {
      headers: { 'accept-encoding': 'identity' },
    });
    const names = new Set(answer.json().content.map((entry: { name: string }) => entry.name));
    expect(names.size).toBe(10_000);
  });
});

describe('creating contents', () => {
  it('names new entries as Jupyter does', async () => {
    const create = async (body: unknown) =>
      (await agent.send('POST', '/api/contents', { body })).json().name;
    expect(await create({ type: 'notebook' })).toBe('Untitled.ipynb');
    expect(await create({ type: 'notebook' })).toBe('Untitled1.ipynb');
    expect(await create({ type: 'file', ext: '.txt' })).toBe('untitled.txt');
    expect(await create({ type: 'file', ext: '.txt' })).toBe('untitled1.txt');
    expect(await create({ type: 'directory' })).toBe('Untitled Folder');
    expect(await create({ type: 'directory' })).toBe('Untitled Folder 1');
    expect(await create(undefined)).toBe('untitled');
  });

  it('gives each of several at once a name of its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        agent.send('POST', '/api/contents', { body: { type: 'file', ext: '.py' } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map((answer) => answer.json().path)).size).toBe(8);
  });

  it('makes a notebook that Lab and nbformat accept', async () => {
    const { path } = (
      await agent.send('POST', '/api/contents', { body: { type: 'notebook' } })
    ).json();
    expect(JSON.parse(readFileSync(inHome(path), 'utf8'))).toEqual(emptyNotebook());
  });

  it('copies into the same folder under a new name and elsewhere under its own', async () => {
    mkdirSync(inHome('data'));
    writeFileSync(inHome('a.txt'), 'hello');
    chmodSync(inHome('a.txt'), 0o640);
    const copy = async (from: string, folder: string) =>
      (await agent.send('POST', `/api/contents/${folder}`, { body: { copy_from: from } })).json()
        .path;
    expect(await copy('a.txt', '')).toBe('a-Copy1.txt');
    expect(await copy('a-Copy1.txt', '')).toBe('a-Copy2.txt');
    expect(await copy('/a.txt', 'data')).toBe('data/a.txt');
    expect(readFileSync(inHome('a-Copy2.txt'), 'utf8')).toBe('hello');
    expect(statSync(inHome('data/a.txt')).mode & 0o777).toBe(0o640);
  });

  it('copies a folder with what is in it, but not into itself', async () => {
    mkdirSync(inHome('data/inner'), { recursive: true });
    writeFileSync(inHome('data/inner/a.txt'), 'hello');
    const copy = await agent.send('POST', '/api/contents', { body: { copy_from: 'data' } });
    expect(copy.json().path).toBe('data-Copy1');
    expect(readFileSync(inHome('data-Copy1/inner/a.txt'), 'utf8')).toBe('hello');
    const inside = await agent.send('POST', '/api/contents/data/inner', {
      body: { copy_from: 'data' },
    });
    expect(inside.status).toBe(400);
  });

  it('cannot create in a file', async () => {
    writeFileSync(inHome('a.txt'), '');
    expect((await agent.send('POST', '/api/contents/a.txt', { body: {} })).status).toBe(400);
    expect((await agent.send('POST', '/api/contents/none', { body: {} })).status).toBe(404);
  });
});

describe('saving contents', () => {
  it('creates with 201 and replaces with 200, and tells the hash of what is on disk', async () => {
    const first = await put('a.txt', textFile('one'));
    expect([first.status, first.json().hash]).toEqual([201, sha256('one')]);
    const second = await put('a.txt', textFile('two'));
    expect([second.status, second.json().hash]).toEqual([200, sha256('two')]);
    expect(readFileSync(inHome('a.txt'), 'utf8')).toBe('two');
  });

  it('keeps the mode of the file and leaves nothing beside it', async () => {
    writeFileSync(inHome('run.sh'), 'old');
    chmodSync(inHome('run.sh'), 0o751);
    await put('run.sh', textFile('new'));
    expect(statSync(inHome('run.sh')).mode & 0o777).toBe(0o751);
    expect(readdirSync(agent.home)).toEqual(['run.sh']);
  });

  it('replaces the file at once: who has the old one open keeps reading the old one', async () => {
    writeFileSync(inHome('a.txt'), 'old');
    const before = statSync(inHome('a.txt')).ino;
    await put('a.txt', textFile('new'));
    expect(statSync(inHome('a.txt')).ino).not.toBe(before);
  });

  it('stores a notebook normalised, with a first checkpoint, and says when it is not valid', async () => {
    const content = {
      ...emptyNotebook(),
      cells: [{ cell_type: 'markdown', metadata: {}, source: 'a\nb' }],
    };
    const answer = await put('a.ipynb', { type: 'notebook', format: 'json', content });
    expect(answer.json().message).toContain('id');
    const stored = readFileSync(inHome('a.ipynb'));
    expect(JSON.parse(stored.toString()).cells[0].source).toEqual(['a\n', 'b']);
    expect(answer.json().hash).toBe(sha256(stored));
    expect((await agent.send('GET', '/api/contents/a.ipynb/checkpoints')).json()).toHaveLength(1);
  });

  it('makes a folder, also one that exists, but not over a file', async () => {
    expect((await put('data', { type: 'directory' })).status).toBe(201);
    expect((await put('data', { type: 'directory' })).status).toBe(200);
    writeFileSync(inHome('a.txt'), '');
    expect((await put('a.txt', { type: 'directory' })).status).toBe(409);
    expect((await put('data', textFile(''))).status).toBe(409);
  });

  it.each([
    ['no type', { content: 'x' }],
    ['no content', { type: 'file', format: 'text' }],
    ['a number as content', { type: 'file', format: 'text', content: 5 }],
    ['broken base64', { type: 'file', format: 'base64', content: '***' }],
    ['an unknown format', { type: 'file', format: 'rot13', content: 'x' }],
    ['text as a notebook', { type: 'notebook', content: 'x' }],
    ['a copy', { copy_from: 'b.txt' }],
    ['a list', []],
  ])('refuses %s and leaves the file as it was', async (_what, body) => {
    writeFileSync(inHome('a.txt'), 'old');
    expect((await put('a.txt', body)).status).toBe(400);
    expect(readFileSync(inHome('a.txt'), 'utf8')).toBe('old');
  });

  it('refuses a body that is not JSON, and one that is too large before reading it all', async () => {
    expect((await agent.send('PUT', '/api/contents/a.txt', { body: '{' })).status).toBe(400);
    const headers = { 'content-length': String(500 * 1024 * 1024) };
    const answer = await agent.send('PUT', '/api/contents/a.txt', { headers, body: '{' });
    expect(answer.status).toBe(413);
  });

  it('does not create folders on the way', async () => {
    expect((await put('none/a.txt', textFile('x'))).status).toBe(404);
  });
});

describe('renaming contents', () => {
  const rename = (from: string, to: string) =>
    agent.send('PATCH', `/api/contents/${from}`, { body: { path: to } });

  it('moves files and folders', async () => {
    mkdirSync(inHome('data'));
    writeFileSync(inHome('a.txt'), 'hello');
    expect((await rename('a.txt', 'data/b.txt')).json().path).toBe('data/b.txt');
    expect((await rename('data', 'moved')).status).toBe(200);
    expect(readFileSync(inHome('moved/b.txt'), 'utf8')).toBe('hello');
    expect(readdirSync(agent.home)).toEqual(['moved']);
  });

  it('never replaces what has the name, not even an empty folder', async () => {
    mkdirSync(inHome('data'));
    mkdirSync(inHome('empty'));
    writeFileSync(inHome('a.txt'), 'a');
    writeFileSync(inHome('b.txt'), 'b');
    expect((await rename('a.txt', 'b.txt')).status).toBe(409);
    expect((await rename('data', 'empty')).status).toBe(409);
    expect((await rename('a.txt', 'empty')).status).toBe(409);
    expect((await rename('data', 'a.txt')).status).toBe(409);
    expect(readFileSync(inHome('b.txt'), 'utf8')).toBe('b');
    expect(readdirSync(agent.home).sort()).toEqual(['a.txt', 'b.txt', 'data', 'empty']);
  });

  it('refuses a folder moved into itself, and keeps it', async () => {
    mkdirSync(inHome('data'));
    expect((await rename('data', 'data/inner')).status).toBe(400);
    expect(readdirSync(inHome('data'))).toEqual([]);
  });

  it('is no change where the name stays, and 404 where nothing is', async () => {
    writeFileSync(inHome('a.txt'), 'a');
    expect((await rename('a.txt', 'a.txt')).status).toBe(200);
    expect((await rename('none.txt', 'b.txt')).status).toBe(404);
  });

  it('takes the checkpoint along', async () => {
    writeFileSync(inHome('a.txt'), 'a');
    await agent.send('POST', '/api/contents/a.txt/checkpoints');
    await rename('a.txt', 'b.txt');
    expect((await agent.send('GET', '/api/contents/b.txt/checkpoints')).json()).toHaveLength(1);
    expect((await agent.send('GET', '/api/contents/b.txt/checkpoints/')).status).toBe(200);
  });
});

describe('checkpoints', () => {
  it('are created, restored and deleted', async () => {
    const url = '/api/contents/data/a.txt/checkpoints';
    mkdirSync(inHome('data'));
    writeFileSync(inHome('data/a.txt'), 'first');
    expect((await agent.send('GET', url)).json()).toEqual([]);
    const created = await agent.send('POST', url);
    expect([created.status, created.json().id]).toEqual([201, 'checkpoint']);
    await put('data/a.txt', textFile('second'));
    expect((await agent.send('POST', `${url}/checkpoint`)).status).toBe(204);
    expect(readFileSync(inHome('data/a.txt'), 'utf8')).toBe('first');
    expect((await agent.send('DELETE', `${url}/checkpoint`)).status).toBe(204);
    expect((await agent.send('POST', `${url}/checkpoint`)).status).toBe(404);
    expect((await agent.send('POST', `${url}/other`)).status).toBe(404);
  });

  it('do not hide a folder that has their name', async () => {
    mkdirSync(inHome('data/checkpoints'), { recursive: true });
    writeFileSync(inHome('data/checkpoints/a.txt'), 'x');
    const model = (await agent.send('GET', '/api/contents/data/checkpoints')).json();
    expect(model).toMatchObject({ type: 'directory', content: [{ name: 'a.txt' }] });
  });

  it('exist for a file with the longest possible name', async () => {
    const name = `${'n'.repeat(251)}.txt`;
    writeFileSync(inHome(name), 'x');
    expect((await agent.send('POST', `/api/contents/${name}/checkpoints`)).status).toBe(201);
    expect((await agent.send('GET', `/api/contents/${name}/checkpoints`)).json()).toHaveLength(1);
  });
});
