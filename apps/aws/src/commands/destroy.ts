import { createInterface } from 'node:readline/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { Command } from 'commander';
import { foundationStackName } from '../app/names.ts';
import { openDomain } from '../app/open-domain.ts';
import { clientSettings } from '../aws/ask-aws.ts';
import { requireAccount } from '../aws/require-account.ts';
import { tearDown } from '../teardown/tear-down.ts';
import { deployedTemplates } from '../upgrades/deployed-templates.ts';

export function destroyCommand(): Command {
  return new Command('destroy')
    .description("remove the domain with everybody's homes; buckets, keys and logs stay")
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .action(async ({ file }: { file?: string }) => {
      const domain = await openDomain(file);
      const { name, region, accountId } = domain.domain;
      await requireAccount(domain);
      const tell = (line: string) => process.stdout.write(`${line}\n`);
      tell(
        `This removes every studio, space, volume and home of "${name}" in ${accountId}, ${region}.`,
      );
      const answer = await ask(`Type the domain's name to go on: `);
      if (answer !== name) {
        tell('Nothing was removed');
        process.exitCode = 1;
        return;
      }
      const settings = { ...clientSettings, region };
      const cloudFormation = new CloudFormationClient(settings);
      const foundation = foundationStackName(domain);
      const deployed = await deployedTemplates(cloudFormation, foundation);
      const stackNames = deployed
        .map(({ stackName }) => stackName)
        // People first: they use what the foundation exports.
        .sort((left, right) => Number(left === foundation) - Number(right === foundation));
      await tearDown(
        {
          ...{ cloudFormation, tell, wait },
          ec2: new EC2Client(settings),
          efs: new EFSClient(settings),
          sageMaker: new SageMakerClient(settings),
        },
        { domainName: name, foundationName: foundation, stackNames },
      );
    });
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
