import type { Command } from 'commander';
import type { DataFolderOption, Terminal } from '../program.ts';
import { type CredentialsOptions, printCredentials } from './print-credentials.ts';
import { scrub } from './scrub.ts';

/** `strongroom credentials` and `strongroom storage …`. `finish` is told the exit status. */
export function registerStorageCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
  finish: (status: number) => void,
): void {
  program
    .command('credentials')
    .description('print temporary credentials for S3 tools on this machine, for the shell to read')
    .requiredOption('--as <profile-name>', 'whose rights they have')
    .option('--hours <hours>', 'for how long, at most 12', '1')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: CredentialsOptions) => printCredentials(terminal, options));

  const storage = program.command('storage').description('what is stored in buckets');
  storage
    .command('scrub')
    .description('read everything that is stored and print what is damaged')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action(async (options: { dataFolder: string; json?: boolean }) => {
      finish(await scrub(terminal, options));
    });
}
