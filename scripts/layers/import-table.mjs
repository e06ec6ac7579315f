// @ts-check

/**
 * The import table of ARCHITECTURE.md: each row's first cell is a workspace, its second the
 * workspaces it may import, comma separated, or `nothing`.
 *
 * @param {string} markdown
 * @returns {Map<string, ReadonlySet<string>>}
 */
export function readImportTable(markdown) {
  const lines = markdown.split('\n');
  const header = lines.findIndex((line) => /^\|\s*from\s*\|\s*may import\s*\|/i.test(line));
  if (header === -1)
    throw new Error('Cannot read the import table: ARCHITECTURE.md has no "| from | may import |"');

  /** @type {Map<string, ReadonlySet<string>>} */
  const table = new Map();
  for (const line of lines.slice(header + 2)) {
    if (!line.startsWith('|')) break;
    const [, from = '', mayImport = ''] = line
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim());
    const targets = mayImport === 'nothing' ? [] : mayImport.split(',').map((name) => name.trim());
    if (table.has(from)) throw new Error(`Cannot read the import table: "${from}" has two rows`);
    table.set(from, new Set(targets));
  }
  return table;
}
