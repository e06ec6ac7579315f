import type { Command } from 'commander';
import type { DataFolderOption, Terminal } from '../program.ts';
import { type RunJobOptions, runJob } from './run-job.ts';
import { cancelJob, listJobs, showJobLog } from './show-jobs.ts';

interface OfProfile {
  readonly dataFolder: string;
  readonly profile: string;
  readonly json?: boolean;
}

/** `strongroom job …`. `finish` is told the exit status. */
export function registerJobCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
  finish: (status: number) => void,
): void {
  const job = program.command('job').description('notebooks that run without a page');
  const profileOption = ['--profile <profile-name>', 'whose jobs'] as const;
  job
    .command('run <notebook-path>')
    .description('run a notebook of the home as its owner would, and print its job')
    .requiredOption(...profileOption)
    .option('--name <name>', 'what people read; the name of the notebook without it')
    .option('--parameter <pair...>', 'for the cell tagged "parameters", each <name>=<value>')
    .option('--kernel <name>', 'instead of the one that the notebook names')
    .option('--image <image-name>', 'its default kernel, where no kernel is named')
    .option('--instance-type <type>', "the notebook's own without it, else the domain's default")
    .option('--output <place>', 'a folder of the home, or s3://<bucket>/<prefix>')
    .option('--retries <count>', 'how often it is tried again where that may help', '0')
    .option('--maximum-minutes <minutes>', 'how long it may run', '1440')
    .option('--wait', 'until it has ended; fails where it did not complete')
    .option(...dataFolderOption)
    .action(async (notebookPath: string, options: Omit<RunJobOptions, 'notebookPath'>) => {
      finish(await runJob(terminal, { ...options, notebookPath }));
    });
  job
    .command('list')
    .description('print the jobs of a person, the latest first')
    .requiredOption(...profileOption)
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: OfProfile) => listJobs(terminal, options));
  job
    .command('log <job-id>')
    .description('print what a job did when, and what its notebook printed')
    .requiredOption(...profileOption)
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((jobId: string, options: OfProfile) => showJobLog(terminal, { ...options, jobId }));
  job
    .command('cancel <job-id>')
    .description('end a job that waits or runs')
    .requiredOption(...profileOption)
    .option(...dataFolderOption)
    .action((jobId: string, options: OfProfile) => cancelJob(terminal, { ...options, jobId }));
}
