import { Command } from 'commander';
import { synthCommand } from './commands/synth.ts';

/** Every command sets `process.exitCode` itself where it did not do what was asked. */
export function createProgram(): Command {
  return new Command('strongroom aws')
    .description('the same domain on AWS: synthesise, prove, deploy')
    .addCommand(synthCommand());
}
