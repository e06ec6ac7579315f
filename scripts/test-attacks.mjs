// @ts-check
/** `npm run test:attacks`: carries out every attack and prints what came of each. */
import './bootstrap/require-node.mjs';

const { setUp } = await import('./bootstrap/set-up.mjs');
const { runInForeground } = await import('./run-in-foreground.mjs');
const { mkdtemp, readFile, rm } = await import('node:fs/promises');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');

await setUp({ assumeYes: process.argv.includes('--yes'), tests: true });
const folder = await mkdtemp(join(tmpdir(), 'strongroom-attacks-'));
const report = join(folder, 'report.json');
const network = 'apps/control-plane/src/network';
// Every file here carries its attacks out: from inside real sandboxes, or on the files of a trail.
const status = await runInForeground('node_modules/vitest/vitest.mjs', [
  ...['run', 'tests/attacks', `${network}/studio-attacks.test.ts`],
  ...[`${network}/egress-attacks.test.ts`, `${network}/egress-in-studio.test.ts`],
  'packages/audit-trail/src/tampering.test.ts',
  ...['--reporter=json', `--outputFile=${report}`],
]);
const text = await readFile(report, 'utf8').catch(() => undefined);
await rm(folder, { recursive: true });
if (text === undefined) {
  console.error('The attacks were not carried out: the test runner ended before its report.');
  console.error('What it wrote above says why.');
  process.exit(status === 0 ? 1 : status);
}

/** @typedef {{ expected: string, seen: string }} Attack */
/** @typedef {{ title: string, ancestorTitles: string[], status: string, meta?: { attack?: Attack } }} Assertion */
/** @type {{ name: string, message?: string, assertionResults: Assertion[] }[]} */
const files = JSON.parse(text).testResults;
const all = files.flatMap(({ assertionResults }) => assertionResults);
// A test that says nothing of an attack is shown only where it fails.
const shown = all.filter(({ meta, status: outcome }) => meta?.attack || outcome === 'failed');
const rows = shown.map(({ title, ancestorTitles, status: outcome, meta }) => ({
  technique: `${ancestorTitles.at(-1) ?? ''}: ${title}`,
  expected: oneLine(meta?.attack?.expected ?? 'as its test says'),
  seen: oneLine(meta?.attack?.seen ?? outcome),
  held: outcome === 'passed' ? 'yes' : outcome.toUpperCase(),
}));
const columns = /** @type {const} */ (['technique', 'expected', 'seen', 'held']);
const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
const line = (/** @type {readonly string[]} */ cells) =>
  `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
console.log(line(columns));
console.log(line(widths.map((width) => '-'.repeat(width))));
for (const row of rows) console.log(line(columns.map((name) => row[name])));
// A file whose preparation failed has tests that never ran.
for (const { name, message, assertionResults } of files) {
  if (assertionResults.length === 0) console.error(`${name} did not run: ${message ?? ''}`);
}
const heldCount = rows.filter(({ held }) => held === 'yes').length;
const skippedCount = all.filter(
  ({ status: outcome }) => outcome !== 'passed' && outcome !== 'failed',
).length;
console.log(
  `${heldCount} of ${rows.length} ended as expected, carried out in real sandboxes and on real files of evidence.`,
);
if (skippedCount > 0) console.log(`${skippedCount} tests did not run on this machine.`);
process.exitCode = status;

/** @param {string} words */
function oneLine(words) {
  const joined = words.replaceAll(/\s+/g, ' ').replaceAll('|', '/').trim();
  return joined.length > 80 ? `${joined.slice(0, 79)}…` : joined;
}
