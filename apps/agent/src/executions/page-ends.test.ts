import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PageMessage } from '../testing/kernel-page.ts';
import { type OpenNotebook, openNotebook } from './testing/open-notebook.ts';

let notebook: OpenNotebook;

beforeEach(async () => {
  notebook = await openNotebook();
});
afterEach(() => notebook.close());

const endCount = 200;
const lineCount = 30;
const picture = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1').toString('base64');

const workOf = (turn: number) => `
from IPython.display import display, Image
bar = display({'text/plain': '0 %'}, raw=True, display_id='bar-${turn}')
for n in range(${lineCount}):
    print('${turn}:%d' % n, flush=True)
    if n % 10 == 9: bar.update({'text/plain': f'{n + 1} of ${lineCount}'}, raw=True)
display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png'))
`;

interface Output {
  readonly output_type: string;
  readonly text?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a page shows that was given these outputs, and then these messages. */
function shownAfter(
  given: readonly { output: Output; displayId: string | null }[],
  later: readonly PageMessage[],
): Output[] {
  const shown = [...given];
  for (const { header, content } of later) {
    const displayId: string | null = content.transient?.display_id ?? null;
    const last = shown.at(-1);
    if (header.msg_type === 'stream' && last?.output.output_type === 'stream') {
      const text = `${last.output.text}${content.text}`;
      shown.splice(-1, 1, { ...last, output: { ...last.output, text } });
    } else if (header.msg_type === 'update_display_data') {
      const at = shown.findIndex((each) => each.displayId === displayId);
      shown.splice(at, 1, { output: { output_type: 'display_data', ...content }, displayId });
    } else if (header.msg_type === 'stream' || header.msg_type === 'display_data') {
      shown.push({ output: { output_type: header.msg_type, ...content }, displayId });
    }
  }
  return shown.map(({ output }) => output);
}

test(`of ${endCount} pages closed or killed at any moment none loses a line, a picture or how far it was`, {
  timeout: 120_000,
}, async () => {
  for (let turn = 0; turn < endCount; turn += 1) {
    const cellId = `cell-${turn}`;
    const page = await notebook.openPage();
    page.run(cellId, workOf(turn));
    const endAfter = 1 + Math.floor(Math.random() * (lineCount + 6));
    await page.message(
      ({ content: { execution_state: state } }) =>
        page.messages.length >= endAfter || state === 'idle',
    );
    if (Math.random() < 0.5) page.kill();
    else page.close();
    const next = await notebook.reopen();
    expect(await outputsOf(cellId, next)).toMatchObject([
      { output_type: 'display_data', data: { 'text/plain': `${lineCount} of ${lineCount}` } },
      {
        output_type: 'stream',
        text: Array.from({ length: lineCount }, (_, n) => `${turn}:${n}\n`).join(''),
      },
      { output_type: 'display_data', data: { 'image/png': expect.stringContaining(picture) } },
    ]);
    next.page.kill();
  }
});

/** From the file where all of it is there already, else from what the page is given. */
async function outputsOf(
  cellId: string,
  { cells, page }: Awaited<ReturnType<OpenNotebook['reopen']>>,
): Promise<Output[]> {
  const written: Output[] = cells.find(({ id }: { id: string }) => id === cellId)?.outputs ?? [];
  if (written.some(({ data }) => data?.['image/png'] !== undefined)) return written;
  const isReplay = ({ header }: PageMessage) => header.msg_type === 'strongroom_executions';
  const { content } = await page.message(isReplay);
  const replay = content.executions.find(
    (execution: { cell_id: string }) => execution.cell_id === cellId,
  );
  if (replay.is_running) await page.ended(replay.message_id);
  const later = page.messages
    .slice(page.messages.findIndex(isReplay))
    .filter(({ parent_header }) => parent_header.msg_id === replay.message_id);
  return shownAfter(replay.outputs, later);
}
