import type { Command } from 'commander';
import type { Terminal } from '../program.ts';
import { createSnapshot, deleteSnapshot, listSnapshots, restoreSnapshot } from './snapshots.ts';

type DataFolderOption = readonly [flags: string, description: string, byDefault: string];

interface WithDataFolder {
  readonly dataFolder: string;
}

/** `strongroom homes …` */
export function registerHomeCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
): void {
  const homes = program.command('homes').description("snapshots of people's files");
  homes
    .command('snapshot <profile-name>')
    .description('keep a copy of the home as it is now, sealed as the home is')
    .option('--stop-studio', 'end the studio where it runs; without it that is refused')
    .option(...dataFolderOption)
    .action((profileName: string, options: WithDataFolder & { stopStudio?: boolean }) =>
      createSnapshot(terminal, { ...options, profileName }),
    );
  homes
    .command('snapshots <profile-name>')
    .description('print the snapshots of the home, the latest first')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((profileName: string, options: WithDataFolder & { json?: boolean }) =>
      listSnapshots(terminal, { ...options, profileName }),
    );
  homes
    .command('restore <profile-name>')
    .description('put what a snapshot holds into a new folder of the home; nothing else changes')
    .requiredOption('--snapshot <id>', 'which, as "strongroom homes snapshots" prints it')
    .option('--to <folder>', 'the new folder, in the home; restored-<id> without it')
    .option(...dataFolderOption)
    .action((profileName: string, options: WithDataFolder & { snapshot: string; to?: string }) =>
      restoreSnapshot(terminal, { ...options, profileName }),
    );
  homes
    .command('delete-snapshot <profile-name>')
    .description('delete one snapshot of the home')
    .requiredOption('--snapshot <id>', 'which, as "strongroom homes snapshots" prints it')
    .option(...dataFolderOption)
    .action((profileName: string, options: WithDataFolder & { snapshot: string }) =>
      deleteSnapshot(terminal, { ...options, profileName }),
    );
}
