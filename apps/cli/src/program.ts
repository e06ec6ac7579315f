import { Command } from 'commander';
import { doctor } from './doctor/doctor.ts';
import { resetPassword } from './operator/reset-password.ts';
import { showStatus } from './operator/show-status.ts';

export interface Terminal {
  print(line: string): void;
  readonly hasColors: boolean;
}

const dataFolderOption = [
  '--data-folder <folder>',
  'the data folder that strongroom.yaml names',
  './data',
] as const;

/** `run` resolves to the exit status. */
export function createProgram(terminal: Terminal): { run(words: string[]): Promise<number> } {
  let status = 0;
  const program = new Command('strongroom').description(
    'A notebook studio that a bank can run: tools for whoever runs it',
  );

  program
    .command('doctor')
    .description('try every control of the sandbox on this machine and say which ones hold')
    .option('--json', 'print one JSON document')
    .option('--accept <control...>', 'do not fail for these')
    .action(async (options: { json?: boolean; accept?: string[] }) => {
      status = await doctor(terminal, options);
    });

  program
    .command('status')
    .description('ask the running control plane how it is')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string }) => showStatus(terminal, options));

  program
    .command('users')
    .description('the people of this installation')
    .command('reset-password <profile-name>')
    .description('print a new one-time password; what the person had open ends')
    .option(...dataFolderOption)
    .action((profileName: string, options: { dataFolder: string }) =>
      resetPassword(terminal, { ...options, profileName }),
    );

  return {
    async run(words) {
      await program.parseAsync(words);
      return status;
    },
  };
}
