import { randomBytes } from 'node:crypto';

const sizeBytes = 10_000_000;
const imageBytes = 90_000;
const cellCount = 240;

/**
 * A notebook of 10 MB as people make them: text with math, code, a table here, a log there, and pictures,
 * which are most of it.
 */
export function largeNotebook() {
  const cells = Array.from({ length: cellCount }, (_, index) => cellOf(index));
  const content = { nbformat: 4, nbformat_minor: 5, metadata: metadata(), cells };
  const missing = sizeBytes - JSON.stringify(content).length;
  if (missing > 0) cells.push(code(cellCount, 'log', stream(logOf(missing))));
  return content;
}

function metadata() {
  return {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  };
}

function cellOf(index: number) {
  if (index % 4 === 0) return markdown(index);
  if (index % 4 === 1) return code(index, `values[${index}].plot()`, picture());
  if (index % 4 === 2) return code(index, `frame_${index}.head(40)`, table(40));
  return code(
    index,
    `for row in frame_${index}:\n    print(row)  # every one`,
    stream(logOf(4_000)),
  );
}

function markdown(index: number) {
  const source = `## Part ${index}\n\nThe *expected* loss is $E[L_{${index}}] = \\sum_i p_i \\, l_i$.\n\n| rate | loss |\n|---|---|\n| 0.1 | 12 |\n`;
  return { cell_type: 'markdown', id: `cell-${index}`, metadata: {}, source };
}

function code(index: number, source: string, ...outputs: readonly object[]) {
  return {
    ...{ cell_type: 'code', id: `cell-${index}`, metadata: {}, source, outputs },
    execution_count: index,
  };
}

function picture() {
  const data = {
    'image/png': randomBytes(imageBytes).toString('base64'),
    'text/plain': '<Figure>',
  };
  return { output_type: 'display_data', metadata: {}, data };
}

function table(rowCount: number) {
  const row = `<tr><th>1</th>${'<td>0.125</td>'.repeat(12)}</tr>`;
  const html = `<div><table border="1" class="dataframe"><tbody>${row.repeat(rowCount)}</tbody></table></div>`;
  return {
    output_type: 'display_data',
    metadata: {},
    data: { 'text/html': html, 'text/plain': '…' },
  };
}

function stream(text: string) {
  return { output_type: 'stream', name: 'stdout', text };
}

function logOf(length: number): string {
  const line = 'step of the simulation finished with a loss of 0.125 and nothing more to say\n';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}
