/** One red pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
/** Would run, were it ever taken for markup, and would break a line or turn the names after it around. */
export const hostile = '<img src=x onerror=document.title=1>';
export const hostileName = `${hostile}\n\u202egnp.${'long'.repeat(30)}.py`;

/** Three cells, one of which sets `rate`. */
export function notebook(rate: string): string {
  const code = (id: string, source: string) => ({
    ...{ cell_type: 'code', id, source, metadata: {}, execution_count: null, outputs: [] },
  });
  return JSON.stringify({
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: [
      { cell_type: 'markdown', id: 'head', metadata: {}, source: '# Credit risk' },
      code('rate', `rate = ${rate}`),
      code('plot', 'plot(rate)'),
    ],
  });
}
