import { jobListSchema, jobLogSchema, jobSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import { printTable } from '../print-table.ts';
import type { Terminal } from '../program.ts';
import { printable } from '../s3/printable.ts';
import { jobPath } from './job-path.ts';

interface OfProfile {
  readonly dataFolder: string;
  readonly profile: string;
  readonly json?: boolean;
}

export async function listJobs(
  terminal: Terminal,
  { dataFolder, profile, json }: OfProfile,
): Promise<void> {
  const question = { method: 'GET', path: jobPath(profile) } as const;
  const { jobs } = await askOperator(dataFolder, question, jobListSchema);
  if (json === true) return terminal.print(JSON.stringify(jobs, null, 2));
  const rows = jobs.map(({ jobId, status, createdAt, progress, definition }) => [
    ...[jobId, status, createdAt.slice(0, 16).replace('T', ' ')],
    progress === null ? '' : `${progress.finishedCells}/${progress.totalCells}`,
    definition.name,
  ]);
  printTable(terminal, [['job', 'status', 'created (UTC)', 'cells', 'name'], ...rows]);
}

export async function showJobLog(
  terminal: Terminal,
  { dataFolder, profile, jobId, json }: OfProfile & { readonly jobId: string },
): Promise<void> {
  const question = { method: 'GET', path: `${jobPath(profile, jobId)}/log` } as const;
  const { lines } = await askOperator(dataFolder, question, jobLogSchema);
  if (json === true) return terminal.print(JSON.stringify(lines, null, 2));
  for (const { time, text } of lines) terminal.print(printable(`${time}  ${text}`));
}

export async function cancelJob(
  terminal: Terminal,
  { dataFolder, profile, jobId }: OfProfile & { readonly jobId: string },
): Promise<void> {
  const path = `${jobPath(profile, jobId)}/cancel`;
  const { status } = await askOperator(dataFolder, { method: 'POST', path, body: {} }, jobSchema);
  terminal.print(status);
}
