import type { Command } from 'commander';
import type { DataFolderOption, Terminal } from '../program.ts';
import { processSurroundings, type Surroundings } from '../s3/surroundings.ts';
import { backUpKeys } from './back-up-keys.ts';
import { type ChangeKeyOptions, changeKey } from './change-key.ts';
import { listKeys } from './list-keys.ts';
import type { PassphraseOptions } from './read-passphrase.ts';
import { restoreKeys } from './restore-keys.ts';

interface WithDataFolder {
  readonly dataFolder: string;
}

const passphraseFileOption = [
  '--passphrase-file <file>',
  'the passphrase is its first line; without it the terminal is asked',
] as const;

/** `strongroom keys …` */
export function registerKeyCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
  surroundings: Surroundings = processSurroundings(),
): void {
  const keys = program.command('keys').description('what seals everything at rest');
  keys
    .command('list')
    .description('print every key with its state')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: WithDataFolder & { json?: boolean }) => listKeys(terminal, options));

  const change = (name: ChangeKeyOptions['command'], description: string): Command =>
    keys
      .command(`${name} <key>`)
      .description(description)
      .option(...dataFolderOption)
      .action((key: string, options: Omit<ChangeKeyOptions, 'key' | 'command'>) =>
        changeKey({ terminal, surroundings }, { ...options, key, command: name }),
      );
  change('rotate', 'make a new version; what older ones sealed still opens');
  change('enable', 'make what it sealed readable again');
  change('disable', 'make what it sealed unreadable at once').option('--yes', 'without asking');
  change('schedule-deletion', 'make what it sealed unreadable at once, and after a time for good')
    .option('--days <days>', 'the waiting period, 7 to 30', '30')
    .option('--yes', 'without asking');
  change('cancel-deletion', 'keep it after all; it stays disabled until it is enabled');

  keys
    .command('back-up')
    .description('write the local keyring to one file that a passphrase alone opens')
    .requiredOption('--to <file>', 'a new file, best on another machine')
    .option(...passphraseFileOption)
    .option(...dataFolderOption)
    .action((options: WithDataFolder & PassphraseOptions & { to: string }) =>
      backUpKeys({ terminal, surroundings }, options),
    );
  keys
    .command('restore')
    .description('make the local keyring anew from a back-up, while the control plane is stopped')
    .requiredOption('--from <file>', 'what "strongroom keys back-up" wrote')
    .option(...passphraseFileOption)
    .option(...dataFolderOption)
    .action((options: WithDataFolder & PassphraseOptions & { from: string }) =>
      restoreKeys({ terminal, surroundings }, options),
    );
}
