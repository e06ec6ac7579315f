import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { costCommand } from './commands/cost.ts';
import { deployCommand } from './commands/deploy.ts';
import { destroyCommand } from './commands/destroy.ts';
import { diffCommand } from './commands/diff.ts';
import { synthCommand } from './commands/synth.ts';
import { verifyCommand } from './commands/verify.ts';

/** Every command sets `process.exitCode` itself where it did not do what was asked. */
export function createProgram(): Command {
  return new Command('strongroom aws')
    .description('the same domain on AWS: synthesise, prove, deploy')
    .addCommand(synthCommand())
    .addCommand(verifyCommand())
    .addCommand(diffCommand())
    .addCommand(costCommand())
    .addCommand(deployCommand())
    .addCommand(checkCommand())
    .addCommand(destroyCommand());
}
