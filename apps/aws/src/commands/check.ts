import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { openDomain } from '../app/open-domain.ts';
import { allAttacks } from '../check/all-attacks.ts';
import { readAssembly } from '../check/assembly.ts';
import { openAwsClients } from '../check/aws-clients.ts';
import { readDeployment } from '../check/deployment.ts';
import { summaryLine, tableLines, toJson } from '../check/describe-results.ts';
import { Journal } from '../check/journal.ts';
import { readOnlyProbes } from '../check/read-only-probes.ts';
import { exitCodeOf, runCheck } from '../check/run-check.ts';

interface CheckOptions {
  readonly file?: string;
  readonly out?: string;
  readonly attack?: true;
  readonly resume?: true;
  readonly json?: string;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('look at what is deployed: live, with your credentials, and changing nothing')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--out <folder>', 'where synth wrote; <data folder>/aws where it is left out')
    .option('--attack', 'also try what must be refused, and take away what was made all the same')
    .option('--resume', 'ask only what an earlier check did not tell or was interrupted at')
    .option('--json <file>', 'also write the results to this file')
    .action(check);
}

async function check(options: CheckOptions): Promise<void> {
  const domain = await openDomain(options.file);
  const folder = options.out ?? join(domain.dataFolder, 'aws');
  const stacks = await readAssembly(folder);
  const clients = openAwsClients({ region: domain.domain.region });
  try {
    const { cloudFormation } = clients;
    const deployment = await readDeployment({ domain, stacks, cloudFormation });
    const isAttack = options.attack === true;
    // Not among the templates: synthesising anew empties that folder.
    const journalPath = join(domain.dataFolder, 'aws-check.json');
    const journal = await Journal.open(journalPath, { resumes: options.resume === true });
    const results = await runCheck({
      context: { clients, deployment, journal },
      probes: readOnlyProbes(),
      attacks: isAttack ? allAttacks : [],
      onResults: (told) => print(tableLines(told)),
    });
    print([summaryLine(results)]);
    if (options.json !== undefined) {
      const checkedAt = new Date().toISOString();
      await writeFile(options.json, `${toJson(results, { checkedAt, isAttack })}\n`);
    }
    process.exitCode = exitCodeOf(results);
  } finally {
    clients.close();
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
