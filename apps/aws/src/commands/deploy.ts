import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Command } from 'commander';
import { describeSynthesis } from '../app/describe-synthesis.ts';
import { foundationStackName } from '../app/names.ts';
import { openDomain } from '../app/open-domain.ts';
import { synthesize } from '../app/synthesize.ts';
import { askAws, clientSettings } from '../aws/ask-aws.ts';
import { requireAccount } from '../aws/require-account.ts';
import { describeCost } from '../cost/describe-cost.ts';
import { estimateCost } from '../cost/estimate-cost.ts';
import { closeDefaultGroup } from '../deployment/close-default-group.ts';
import { findPrefixList } from '../deployment/find-prefix-list.ts';
import { deployWords, runCdk } from '../deployment/run-cdk.ts';
import { compareTemplates, isRefused } from '../upgrades/compare-templates.ts';
import { deployedTemplates } from '../upgrades/deployed-templates.ts';
import { describeChanges } from '../upgrades/describe-changes.ts';
import { readTemplates } from '../upgrades/read-templates.ts';
import { reasonsAgainst, verifyFolder } from '../verify/verify-folder.ts';

export function deployCommand(): Command {
  return new Command('deploy')
    .description('deploy the domain: checks, says what changes and what it costs, and asks')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--yes', 'do not ask')
    .action(async ({ file, yes }: { file?: string; yes?: boolean }) => {
      process.exitCode = await deploy(file, yes ?? false);
    });
}

/** Answers the exit status. */
async function deploy(file: string | undefined, isAgreed: boolean): Promise<number> {
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const domain = await openDomain(file);
  await requireAccount(domain);
  const settings = { ...clientSettings, region: domain.domain.region };
  const cloudFormation = new CloudFormationClient(settings);
  const ec2 = new EC2Client(settings);
  const synthesis = await synthesize(domain, { folder: join(domain.dataFolder, 'aws') });
  describeSynthesis(synthesis).forEach(tell);
  if (synthesis.findings.length > 0) return 1;
  const reasons = reasonsAgainst(await verifyFolder(synthesis.folder));
  reasons.forEach(tell);
  if (reasons.length > 0) return 1;
  const foundation = foundationStackName(domain);
  const before = await deployedTemplates(cloudFormation, foundation);
  const changes = compareTemplates(before, await readTemplates(synthesis.folder));
  describeChanges(changes).forEach(tell);
  if (isRefused(changes)) return 1;
  describeCost(estimateCost(domain)).forEach(tell);
  if (!isAgreed && !(await ask(`Deploy to ${domain.domain.accountId}? Type yes: `))) return 1;
  const parameters = synthesis.stacks.some(({ parameterNames }) =>
    parameterNames.includes('S3PrefixList'),
  )
    ? [[foundation, 'S3PrefixList', await findPrefixList(ec2, domain.domain.region)] as const]
    : [];
  const status = await runCdk(deployWords(synthesis.folder, parameters));
  if (status !== 0) return status;
  const vpcId = await outputOf(cloudFormation, foundation, 'VpcId');
  const isClosed = await closeDefaultGroup(ec2, vpcId);
  tell(isClosed ? 'Emptied the default security group' : 'The default security group is empty');
  return 0;
}

async function outputOf(
  cloudFormation: CloudFormationClient,
  StackName: string,
  name: string,
): Promise<string> {
  const { Stacks = [] } = await askAws(`look at the stack "${StackName}"`, () =>
    cloudFormation.send(new DescribeStacksCommand({ StackName })),
  );
  const output = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  if (output === undefined)
    throw new RangeError(`Cannot find the output "${name}" of ${StackName}`);
  return output;
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}
