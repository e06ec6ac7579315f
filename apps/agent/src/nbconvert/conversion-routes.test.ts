import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyNotebook } from '../contents/notebook.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;
const path = process.env.PATH;

beforeEach(async () => {
  process.env.PATH = '/usr/bin:/bin';
  agent = await startTestAgent();
});

afterEach(async () => {
  process.env.PATH = path;
  await agent.close();
});

function writeNotebook(name: string, source: string): void {
  const image = {
    output_type: 'display_data',
    metadata: {},
    data: { 'image/png': 'iVBORw0KGgo=' },
  };
  const cell = {
    id: 'a',
    cell_type: 'code',
    execution_count: 1,
    metadata: {},
    source,
    outputs: [image],
  };
  writeFileSync(join(agent.home, name), JSON.stringify({ ...emptyNotebook(), cells: [cell] }));
}

describe('converting notebooks', () => {
  it('offers the formats of the image’s nbconvert', async () => {
    const formats = (await agent.send('GET', '/api/nbconvert')).json();
    expect(formats.html).toEqual({ output_mimetype: 'text/html' });
    expect(formats.markdown).toEqual({ output_mimetype: 'text/markdown' });
  });

  it('shows a page in an origin of its own, or downloads it, and runs nothing', async () => {
    const name = '-보고서 {1}.ipynb';
    writeNotebook(name, `open('${agent.home}/ran', 'w')\nprint(1)`);
    const url = `/nbconvert/html/${encodeURIComponent(name)}`;
    const shown = await agent.send('GET', url);
    expect([shown.status, shown.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(shown.headers['content-security-policy']).toBe('sandbox allow-scripts');
    expect(shown.text).toContain('ran');
    const download = await agent.send('GET', `${url}?download=true`);
    expect(download.headers['content-disposition']).toContain('attachment');
    expect(existsSync(join(agent.home, 'ran'))).toBe(false);
  });

  it('packs a text and its images together', async () => {
    writeNotebook('a.ipynb', '1');
    const answer = await agent.send('GET', '/nbconvert/markdown/a.ipynb?download=true');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    expect(answer.text.slice(0, 2)).toBe('PK');
  });

  it('refuses what is no notebook, no format, or broken', async () => {
    writeNotebook('a.ipynb', '1');
    writeFileSync(join(agent.home, 'broken.ipynb'), '{');
    writeFileSync(join(agent.home, 'a.txt'), '');
    const status = async (url: string) => (await agent.send('GET', url)).status;
    expect(await status('/nbconvert/html/a.txt')).toBe(400);
    expect(await status('/nbconvert/html/none.ipynb')).toBe(404);
    expect(await status('/nbconvert/--execute/a.ipynb')).toBe(404);
    expect(await status('/nbconvert/html/broken.ipynb')).toBe(400);
  });

  it('says so where the image has no Python or no nbconvert', async () => {
    process.env.PATH = '/nonexistent';
    writeNotebook('a.ipynb', '1');
    expect((await agent.send('GET', '/api/nbconvert')).json()).toEqual({});
    const answer = await agent.send('GET', '/nbconvert/html/a.ipynb');
    expect([answer.status, answer.json().reason]).toEqual([501, 'NotSupported']);
  });
});
