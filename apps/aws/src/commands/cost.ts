import { Command } from 'commander';
import { openDomain } from '../app/open-domain.ts';
import { describeCost } from '../cost/describe-cost.ts';
import { estimateCost, usualAssumptions } from '../cost/estimate-cost.ts';

export function costCommand(): Command {
  return new Command('cost')
    .description('estimate a month of the domain on AWS, before it is there')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--hours <hours>', 'of one notebook a person', String(usualAssumptions.hoursPerPerson))
    .option('--json', 'print one JSON document')
    .action(async ({ file, hours, json }: { file?: string; hours: string; json?: boolean }) => {
      const hoursPerPerson = Number(hours);
      if (!(hoursPerPerson >= 0)) {
        throw new RangeError(`Cannot use "${hours}" as hours: use a number from 0 up`);
      }
      const estimate = estimateCost(await openDomain(file), {
        ...usualAssumptions,
        hoursPerPerson,
      });
      const lines = json ? [JSON.stringify(estimate, null, 2)] : describeCost(estimate);
      for (const line of lines) process.stdout.write(`${line}\n`);
    });
}
