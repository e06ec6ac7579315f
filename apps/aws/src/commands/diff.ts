import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Command } from 'commander';
import { foundationStackName } from '../app/names.ts';
import { openDomain } from '../app/open-domain.ts';
import { synthesizeAside } from '../app/synthesize-aside.ts';
import { clientSettings } from '../aws/ask-aws.ts';
import { compareTemplates, isRefused } from '../upgrades/compare-templates.ts';
import { deployedTemplates } from '../upgrades/deployed-templates.ts';
import { describeChanges } from '../upgrades/describe-changes.ts';
import { readTemplates } from '../upgrades/read-templates.ts';

export function diffCommand(): Command {
  return new Command('diff')
    .description('say what a deployment would change, and what of it would be refused')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--against <folder>', 'an earlier synthesis, instead of what is deployed')
    .option('--json', 'print one JSON document')
    .action(async ({ file, against, json }: DiffOptions) => {
      const domain = await openDomain(file);
      const after = await synthesizeAside(domain);
      const before =
        against === undefined
          ? await deployedTemplates(
              new CloudFormationClient({ ...clientSettings, region: domain.domain.region }),
              foundationStackName(domain),
            )
          : await readTemplates(against);
      const changes = compareTemplates(before, after);
      const lines = json ? [JSON.stringify(changes, null, 2)] : describeChanges(changes);
      for (const line of lines) process.stdout.write(`${line}\n`);
      if (isRefused(changes)) process.exitCode = 1;
    });
}

interface DiffOptions {
  readonly file?: string;
  readonly against?: string;
  readonly json?: boolean;
}
