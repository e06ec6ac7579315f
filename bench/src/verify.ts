import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { questions } from '@strongroom/template-verifier';
import { meetsBound } from './report/measure.ts';
import { formatTable } from './report/print.ts';
import { synthesize } from './verify/aws-program.ts';
import { dropDenials } from './verify/drop-denials.ts';
import { brokenQuestions, judgeMutations } from './verify/judge-mutations.ts';
import { mutationTable } from './verify/mutation-table.ts';
import { mutations } from './verify/mutations.ts';
import { mutatedDomain } from './verify/people-domain.ts';
import { timePeople } from './verify/time-people.ts';
import { writeDocument } from './verify/write-document.ts';

const leastCaughtShare = 0.95;
/** CloudFormation cannot empty the default group; `strongroom aws deploy` does. */
const accepted = ['default-group-closed'];

/** `npm run bench:verify [-- --write] [-- --no-times]` */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-verify-'));
  const tell = (text: string) => console.error(`… ${text}`);
  try {
    const { templates } = await synthesize(folder, 'mutated', mutatedDomain());
    const alarms = [...(await brokenQuestions(templates))].filter((id) => !accepted.includes(id));
    const judged = await judgeMutations(templates, mutations, { folder, tell });
    const caught = judged.filter(({ isCaught }) => isCaught).length;
    const hard = judged.filter(({ mutation }) => mutation.isUncaughtByOthers);
    const hardCaught = hard.filter(({ isCaught }) => isCaught).length;
    tell('every denial, one at a time');
    const denials = await dropDenials(templates);
    const noticed = denials.count - denials.unnoticed.length;
    const table = mutationTable(judged);
    const summary = [
      `${questions.length} questions. Alarms on the templates in order: ${alarms.length}${alarms.length > 0 ? ` (${alarms.join(', ')})` : ''}.`,
      `Caught: ${caught} of ${judged.length}; of those that no public tool caught at first (★): ${hardCaught} of ${hard.length}.`,
      `Every denial of the templates dropped, one at a time: ${noticed} of ${denials.count} noticed.${denials.unnoticed.length > 0 ? ` Not: ${denials.unnoticed.join(', ')}.` : ''}`,
    ];
    console.log(`${table}\n\n${summary.join('\n')}\n`);
    const times = process.argv.includes('--no-times')
      ? []
      : [...(await timePeople(folder, 20, 15)), ...(await timePeople(folder, 500, 180))];
    if (times.length > 0) console.log(formatTable(times));
    if (process.argv.includes('--write')) await writeDocument({ table, summary, times });
    const isGood =
      alarms.length === 0 &&
      caught >= leastCaughtShare * judged.length &&
      hardCaught === hard.length &&
      times.every(meetsBound);
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
