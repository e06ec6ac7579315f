import { Command } from 'commander';

export function synthCommand(): Command {
  return new Command('synth')
    .description('make the CloudFormation templates of the domain file, and check them')
    .option('--file <domain file>', 'the domain file', './strongroom.yaml')
    .option('--out <folder>', 'where to write; <data folder>/aws where it is left out');
}
