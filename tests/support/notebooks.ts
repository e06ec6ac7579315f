/** Notebooks as nbformat 4.5 stores them. */
export function notebookOf(
  cells: readonly Record<string, unknown>[],
  metadata: Record<string, unknown> = {},
) {
  return {
    ...{ nbformat: 4, nbformat_minor: 5 },
    metadata: { language_info: { name: 'python' }, ...metadata },
    cells: cells.map((cell, index) => ({ id: `cell-${index}`, metadata: {}, ...cell })),
  };
}

export function markdown(source: string, attachments?: Record<string, unknown>) {
  return { cell_type: 'markdown', source, ...(attachments ? { attachments } : {}) };
}

export function code(source: string, ...outputs: readonly Record<string, unknown>[]) {
  return { cell_type: 'code', execution_count: 1, source, outputs };
}

export function shows(data: Record<string, unknown>) {
  return { output_type: 'display_data', data, metadata: {} };
}

export function html(text: string) {
  return shows({ 'text/html': text });
}

export function stream(text: string, name = 'stdout') {
  return { output_type: 'stream', name, text };
}
