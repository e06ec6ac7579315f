import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent();
});

afterEach(async () => {
  await agent.close();
});

function chunk(number: number, content: string, path = 'big.bin') {
  const body = {
    type: 'file',
    format: 'base64',
    chunk: number,
    content: Buffer.from(content).toString('base64'),
  };
  return agent.send('PUT', `/api/contents/${path}`, { body });
}

describe('uploads in chunks', () => {
  it('put the file in place with the last chunk, and not before', async () => {
    writeFileSync(join(agent.home, 'big.bin'), 'old');
    const first = await chunk(1, 'one ');
    expect(first.json()).toMatchObject({ name: 'big.bin', type: 'file', size: 4, content: null });
    await chunk(2, 'two ');
    expect(readFileSync(join(agent.home, 'big.bin'), 'utf8')).toBe('old');
    expect((await agent.send('GET', '/api/contents')).json().content).toHaveLength(1);
    expect((await chunk(-1, 'three')).status).toBe(200);
    expect(readFileSync(join(agent.home, 'big.bin'), 'utf8')).toBe('one two three');
    expect(readdirSync(agent.home)).toEqual(['big.bin']);
  });

  it('begin again with a first chunk', async () => {
    await chunk(1, 'lost');
    await chunk(1, 'kept');
    await chunk(-1, '!');
    expect(readFileSync(join(agent.home, 'big.bin'), 'utf8')).toBe('kept!');
    expect(readdirSync(agent.home)).toEqual(['big.bin']);
  });

  it('of several files go on side by side', async () => {
    await chunk(1, 'a', 'a.bin');
    await chunk(1, 'b', 'b.bin');
    await chunk(-1, 'A', 'a.bin');
    await chunk(-1, 'B', 'b.bin');
    expect(readFileSync(join(agent.home, 'a.bin'), 'utf8')).toBe('aA');
    expect(readFileSync(join(agent.home, 'b.bin'), 'utf8')).toBe('bB');
  });

  it('refuse a chunk out of order, without a first, or with a bad number', async () => {
    expect((await chunk(2, 'x')).status).toBe(400);
    expect((await chunk(-1, 'x')).status).toBe(400);
    await chunk(1, 'x');
    expect((await chunk(3, 'x')).status).toBe(400);
    expect((await chunk(0, 'x')).status).toBe(400);
    expect((await chunk(1.5, 'x')).status).toBe(400);
    const notebook = { type: 'notebook', chunk: 1, content: {} };
    expect((await agent.send('PUT', '/api/contents/a.ipynb', { body: notebook })).status).toBe(400);
  });

  it('that nobody finished leave nothing behind when the agent ends', async () => {
    const home = mkdtempSync(join(tmpdir(), 'upload-test-'));
    const other = await startTestAgent({ homeFolder: home });
    const body = { type: 'file', format: 'text', chunk: 1, content: 'x' };
    await other.send('PUT', '/api/contents/big.bin', { body });
    expect(readdirSync(home)).toHaveLength(1);
    await other.close();
    expect(readdirSync(home)).toEqual([]);
    rmSync(home, { recursive: true });
  });
});
