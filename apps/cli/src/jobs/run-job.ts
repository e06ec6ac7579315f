import { setTimeout } from 'node:timers/promises';
import { type Job, jobSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';
import { printable } from '../s3/printable.ts';
import { type JobWords, toJobDefinition } from './job-definition.ts';
import { jobPath } from './job-path.ts';

export interface RunJobOptions extends JobWords {
  readonly dataFolder: string;
  readonly profile: string;
  readonly wait?: boolean;
}

const pollMilliseconds = 1_000;

/** Resolves to the exit status: 1 where it was waited for and did not complete. */
export async function runJob(terminal: Terminal, options: RunJobOptions): Promise<number> {
  const { dataFolder, profile, wait } = options;
  const body = toJobDefinition(options);
  const question = { method: 'POST', path: jobPath(profile), body } as const;
  let job = await askOperator(dataFolder, question, jobSchema);
  terminal.print(job.jobId);
  if (wait !== true) return 0;
  const again = { method: 'GET', path: jobPath(profile, job.jobId) } as const;
  while (job.endedAt === null) {
    await setTimeout(pollMilliseconds);
    job = await askOperator(dataFolder, again, jobSchema);
  }
  terminal.print(printable(describeEnd(job)));
  return job.status === 'completed' ? 0 : 1;
}

function describeEnd({ status, outputLocation, failure }: Job): string {
  const place = outputLocation === null ? '' : `, ${outputLocation}`;
  if (failure === null) return `${status}${place}`;
  const cell = failure.cell === null ? '' : ` in cell ${failure.cell + 1}`;
  return `${status}${cell}: ${failure.message}${place}`;
}
