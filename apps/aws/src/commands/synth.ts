import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { describeSynthesis } from '../app/describe-synthesis.ts';
import { openDomain } from '../app/open-domain.ts';
import { synthesize } from '../app/synthesize.ts';

export function synthCommand(): Command {
  return new Command('synth')
    .description('make the CloudFormation templates of the domain file, and check them')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--out <folder>', 'where to write; <data folder>/aws where it is left out')
    .action(async ({ file, out }: { file?: string; out?: string }) => {
      const domain = await openDomain(file);
      const folder = out === undefined ? join(domain.dataFolder, 'aws') : resolve(out);
      const synthesis = await synthesize(domain, { folder });
      for (const line of describeSynthesis(synthesis)) process.stdout.write(`${line}\n`);
      if (synthesis.findings.length > 0) process.exitCode = 1;
    });
}
