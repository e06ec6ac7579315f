import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultScanRules } from '@strongroom/content-scan';
import { shareSourceHeaderSchema } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;
beforeEach(async () => {
  agent = await startTestAgent();
});
afterEach(() => agent.close());

const mebibyte = 1024 ** 2;
const route = '/api/strongroom/share-source';

async function ask(path: string, change: object = {}) {
  const body = { path, includesOutputs: true, rules: defaultScanRules, maximumBytes: mebibyte };
  return agent.send('POST', route, { body: { ...body, ...change } });
}

async function read(path: string, change: object = {}) {
  const { status, text } = await ask(path, change);
  expect(status).toBe(200);
  const end = text.indexOf('\n');
  const { check } = shareSourceHeaderSchema.parse(JSON.parse(text.slice(0, end)));
  return { check, notebook: text.slice(end + 1) };
}

function write(path: string, source: string, output = ''): string {
  const cell = {
    ...{ cell_type: 'code', id: 'c', metadata: {}, execution_count: 1, source },
    outputs: output === '' ? [] : [{ output_type: 'stream', name: 'stdout', text: output }],
  };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  writeFileSync(join(agent.home, path), text);
  return text;
}

describe('a notebook that is about to be shared', () => {
  it('comes as it lies in the home, with what was found in it', async () => {
    const text = write('a.ipynb', 'mail("kim@acme-bank.co.kr")');
    const { check, notebook } = await read('a.ipynb');
    expect(notebook).toBe(text);
    expect(check).toMatchObject({ isBlocked: false, findingCount: 1, cellCount: 1 });
    expect(check.findings[0]).toMatchObject({ rule: 'email-address', action: 'warn' });
  });

  it('does not leave the studio where something in it blocks', async () => {
    write('a.ipynb', 'x', 'number 900101-1234568');
    const { check, notebook } = await read('a.ipynb');
    expect(notebook).toBe('');
    expect(check).toMatchObject({ isBlocked: true, findings: [{ part: 'output', cellIndex: 0 }] });
    const { notebook: stripped } = await read('a.ipynb', { includesOutputs: false });
    expect(JSON.parse(stripped).cells).toMatchObject([{ outputs: [], execution_count: null }]);
    const off = { rules: { ...defaultScanRules, 'resident-registration-number': 'off' } };
    expect((await read('a.ipynb', off)).check.isBlocked).toBe(false);
  });

  it('is found in folders, and through links that stay in the home', async () => {
    mkdirSync(join(agent.home, '작업'));
    const text = write('작업/a.ipynb', '1');
    symlinkSync('작업/a.ipynb', join(agent.home, 'link.ipynb'));
    expect((await read('작업/a.ipynb')).notebook).toBe(text);
    expect((await read('link.ipynb')).notebook).toBe(text);
  });

  it('is refused before it is read where it is too large', async () => {
    writeFileSync(join(agent.home, 'big.ipynb'), '');
    truncateSync(join(agent.home, 'big.ipynb'), 200 * mebibyte);
    const { status, text } = await ask('big.ipynb', { maximumBytes: 50 * mebibyte });
    expect([status, JSON.parse(text).reason]).toEqual([413, 'TooLarge']);
  });

  it.each([
    ['../x.ipynb', 'InvalidPath'],
    ['out.ipynb', 'Refused'],
    ['folder', 'InvalidRequest'],
    ['pipe.ipynb', 'Refused'],
    ['missing.ipynb', 'NotFound'],
    ['text.ipynb', 'InvalidNotebook'],
    ['bytes.ipynb', 'InvalidNotebook'],
    ['old.ipynb', 'InvalidNotebook'],
    ['a\0b', 'InvalidPath'],
  ])('is refused: %j, %s', async (path, reason) => {
    symlinkSync('/etc/passwd', join(agent.home, 'out.ipynb'));
    mkdirSync(join(agent.home, 'folder'));
    execFileSync('mkfifo', [join(agent.home, 'pipe.ipynb')]);
    writeFileSync(join(agent.home, 'text.ipynb'), 'hello');
    writeFileSync(join(agent.home, 'bytes.ipynb'), Buffer.from([0xff, 0xfe, 0]));
    writeFileSync(join(agent.home, 'old.ipynb'), '{"nbformat":3,"worksheets":[]}');
    expect(JSON.parse((await ask(path)).text).reason).toBe(reason);
  });

  it('says the line and column where its JSON is broken', async () => {
    writeFileSync(join(agent.home, 'broken.ipynb'), '{\n "cells": [,]\n}');
    const { message } = JSON.parse((await ask('broken.ipynb')).text);
    expect(message).toMatch(/line 2, column 12/);
  });

  it.each([{}, { path: 1 }, { path: 'a.ipynb', includesOutputs: true, rules: {} }])(
    'is not given for a request such as %j',
    async (body) => {
      const { status } = await agent.send('POST', route, { body });
      expect(status).toBe(400);
    },
  );
});
