import { readFileSync, writeFileSync } from 'node:fs';
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

const html = { output_type: 'display_data', metadata: {}, data: { 'text/html': '<b>plot</b>' } };
const text = { output_type: 'stream', name: 'stdout', text: 'hi' };

function notebook(cells: { trusted?: boolean; outputs: unknown[] }[]) {
  return {
    ...emptyNotebook(),
    cells: cells.map(({ trusted, outputs }, index) => ({
      id: `c${index}`,
      cell_type: 'code',
      execution_count: 1,
      source: '',
      metadata: trusted === undefined ? {} : { trusted },
      outputs,
    })),
  };
}

const save = (content: unknown) =>
  agent.send('PUT', '/api/contents/a.ipynb', {
    body: { type: 'notebook', format: 'json', content },
  });

async function trustOnOpening(): Promise<boolean[]> {
  const model = (await agent.send('GET', '/api/contents/a.ipynb?content=1')).json();
  return model.content.cells.map(
    (cell: { metadata: { trusted: boolean } }) => cell.metadata.trusted,
  );
}

describe('notebook trust', () => {
  it('holds for outputs that the person produced', async () => {
    await save(
      notebook([
        { trusted: true, outputs: [html] },
        { trusted: true, outputs: [text] },
      ]),
    );
    expect(await trustOnOpening()).toEqual([true, true]);
  });

  it('does not hold when one rich output was not trusted', async () => {
    await save(
      notebook([
        { trusted: true, outputs: [html] },
        { trusted: false, outputs: [html] },
      ]),
    );
    expect(await trustOnOpening()).toEqual([false, false]);
  });

  it('does not hold for a notebook that came from elsewhere, except its plain text', async () => {
    const content = notebook([{ trusted: true, outputs: [html] }, { outputs: [text] }]);
    writeFileSync(join(agent.home, 'a.ipynb'), JSON.stringify(content));
    expect(await trustOnOpening()).toEqual([false, true]);
  });

  it('ends when the file is changed elsewhere', async () => {
    await save(notebook([{ trusted: true, outputs: [html] }]));
    const path = join(agent.home, 'a.ipynb');
    writeFileSync(path, readFileSync(path, 'utf8').replace('plot', '<script>'));
    expect(await trustOnOpening()).toEqual([false]);
  });

  it('is not stored in the file', async () => {
    await save(notebook([{ trusted: true, outputs: [html] }]));
    expect(readFileSync(join(agent.home, 'a.ipynb'), 'utf8')).not.toContain('trusted');
  });
});
