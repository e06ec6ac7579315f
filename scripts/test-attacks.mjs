// @ts-check
/** `npm run test:attacks`: carries out every attack from inside real sandboxes and prints what came of each. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { repositoryFolder } = await import('./bootstrap/repository.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');
const { mkdtemp, readFile, rm } = await import('node:fs/promises');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');

await setUp({ assumeYes: process.argv.includes('--yes'), tests: true });
const folder = await mkdtemp(join(tmpdir(), 'strongroom-attacks-'));
const report = join(folder, 'report.json');
const status = await runInForeground('node_modules/vitest/vitest.mjs', [
  ...['run', 'tests/attacks', 'apps/control-plane/src/network/studio-attacks.test.ts'],
  ...['packages/audit-trail/src/tampering.test.ts'],
  ...['apps/control-plane/src/network/egress', 'apps/control-plane/src/network/dns'],
  ...['--reporter=json', `--outputFile=${report}`],
]);
const { testResults } = JSON.parse(await readFile(report, 'utf8'));
await rm(folder, { recursive: true });

/** @type {{ name: string, assertionResults: { title: string, ancestorTitles: string[], status: string, meta?: { attack?: { expected: string, seen: string } } }[] }[]} */
const files = testResults;
const rows = files.flatMap(({ assertionResults }) =>
  assertionResults.map(({ title, ancestorTitles, status: outcome, meta }) => ({
    technique: `${ancestorTitles.at(-1) ?? ''}: ${title}`.slice(0, 110),
    expected: meta?.attack?.expected ?? 'as its test says',
    seen: meta?.attack?.seen ?? outcome,
    held: outcome === 'passed' ? 'held' : outcome.toUpperCase(),
  })),
);
const columns = /** @type {const} */ (['technique', 'expected', 'seen', 'held']);
const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
const line = (/** @type {readonly string[]} */ cells) =>
  `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
console.log(line(columns));
console.log(line(widths.map((width) => '-'.repeat(width))));
for (const row of rows) console.log(line(columns.map((name) => row[name])));
const heldCount = rows.filter(({ held }) => held === 'held').length;
console.log(
  `${heldCount} of ${rows.length} held in ${repositoryFolder === '' ? '' : 'real sandboxes'}.`,
);
process.exitCode = status;
