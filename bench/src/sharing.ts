import { type Measure, meetsBound } from './report/measure.ts';
import { formatJsonLines, formatTable } from './report/print.ts';
import { measureFirstPaint } from './sharing/first-paint.ts';
import { measureGitClone } from './sharing/git-clone.ts';
import { measureGitStatus } from './sharing/git-status.ts';
import { measureShareNotebook } from './sharing/share-notebook.ts';
import { openSharingSetting } from './sharing/sharing-setting.ts';

const measuresByName = {
  share: measureShareNotebook,
  'first-paint': measureFirstPaint,
  'git-status': measureGitStatus,
  'git-clone': measureGitClone,
} as const;

/** `npm run bench:sharing [-- --json] [-- --only=<name>,…]` */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length);
  const measures: Measure[] = [];
  let hasFailed = false;
  const setting = await openSharingSetting((text) => console.error(`… ${text}`));
  try {
    for (const [name, measure] of Object.entries(measuresByName)) {
      if (only !== undefined && !only.split(',').includes(name)) continue;
      try {
        measures.push(...(await measure(setting)));
      } catch (error) {
        // It is told, and the others are taken all the same.
        hasFailed = true;
        console.error(`Cannot measure "${name}":`, error);
      }
    }
  } finally {
    await setting.domain.remove();
  }
  console.log(asJson ? formatJsonLines(measures) : formatTable(measures));
  process.exitCode = !hasFailed && measures.every(meetsBound) ? 0 : 1;
}

await main();
