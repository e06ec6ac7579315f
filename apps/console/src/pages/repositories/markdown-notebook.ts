/** Markdown as a notebook of one cell: it is rendered where notebooks are, apart from the console. */
export function markdownNotebook(markdown: string): string {
  return JSON.stringify({
    ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
    cells: [{ cell_type: 'markdown', id: 'markdown', metadata: {}, source: markdown }],
  });
}

export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path);
}
