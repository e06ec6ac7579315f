import { Command } from 'commander';
import { showAuditStatus } from './audit/audit-status.ts';
import { type ShowAuditOptions, showAudit } from './audit/show-audit.ts';
import { type VerifyAuditOptions, verifyAudit } from './audit/verify-audit.ts';
import { registerAwsCommand } from './aws/register-aws-command.ts';
import { doctor } from './doctor/doctor.ts';
import { registerHomeCommands } from './homes/register-home-commands.ts';
import { registerImageCommands } from './images/register-image-commands.ts';
import { registerJobCommands } from './jobs/register-job-commands.ts';
import { registerKeyCommands } from './keys/register-key-commands.ts';
import { listUsers } from './operator/list-users.ts';
import { resetPassword } from './operator/reset-password.ts';
import { rotateAuthority } from './operator/rotate-authority.ts';
import { showMetrics } from './operator/show-metrics.ts';
import { showStatus } from './operator/show-status.ts';
import { showPolicies } from './policies/show-policies.ts';
import { type SimulateOptions, simulate } from './policies/simulate.ts';
import { registerS3Commands, usageStatus } from './s3/register-s3-commands.ts';
import { registerSpaceCommands } from './spaces/register-space-commands.ts';
import { registerStorageCommands } from './storage/register-storage-commands.ts';

export interface Terminal {
  print(line: string): void;
  readonly hasColors: boolean;
}

export type DataFolderOption = readonly [flags: string, description: string, byDefault: string];

const dataFolderOption: DataFolderOption = [
  '--data-folder <folder>',
  'the data folder that strongroom.yaml names',
  './data',
];

/** `run` resolves to the exit status. */
export function createProgram(terminal: Terminal): { run(words: string[]): Promise<number> } {
  let status = 0;
  const program = new Command('strongroom').description(
    'A notebook studio that a bank can run: tools for whoever runs it',
  );

  program
    .command('doctor')
    .description('try every control of the sandbox on this machine and say which ones hold')
    .option('--json', 'print one JSON document')
    .option('--accept <control...>', 'do not fail for these')
    .action(async (options: { json?: boolean; accept?: string[] }) => {
      status = await doctor(terminal, options);
    });

  program
    .command('status')
    .description('ask the running control plane how it is')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string }) => showStatus(terminal, options));

  program
    .command('metrics')
    .description('print what the running control plane counts, as Prometheus reads it')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string }) => showMetrics(terminal, options));

  program
    .command('policies [name]')
    .description('print every policy with whom it binds, or the document of one')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action(async (name: string | undefined, options: { dataFolder: string; json?: boolean }) => {
      status = await showPolicies(terminal, {
        ...options,
        ...(name === undefined ? {} : { name }),
      });
    });

  program
    .command('simulate')
    .description('say whether something would be allowed, and why, without doing it')
    .requiredOption('--as <profile-name>', 'who would do it')
    .requiredOption('--action <action>', 'for example sagemaker:CreatePresignedDomainUrl')
    .requiredOption('--resource <resource>', "a profile's name, an ARN, or '*'")
    .option('--context <pair...>', 'condition keys of the request, each <key>=<value>')
    .option('--notebook', 'with the execution role of the notebooks instead of in the console')
    .option('--endpoint <service>', 'through this endpoint: sts, api or s3')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action(async (options: SimulateOptions) => {
      status = await simulate(terminal, options);
    });

  program
    .command('rotate-ca')
    .description("replace the authority that vouches for the studios' private endpoints")
    .option('--now', 'trust the one of before no longer, though programs that run fail')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string; now?: boolean }) => rotateAuthority(terminal, options));

  const audit = program.command('audit').description('what was decided and done in this domain');
  audit
    .command('verify')
    .description('read the whole trail and tell every edit, gap and cut')
    .option(
      '--expect <place...>',
      'what an earlier run printed as the last event: <sequence>:<hash>',
    )
    .option(...dataFolderOption)
    .action(async (options: VerifyAuditOptions) => {
      status = await verifyAudit(terminal, options);
    });
  audit
    .command('show')
    .description('print what happened, the latest first')
    .option('--from <day>', 'the first day (UTC), for example 2026-03-01')
    .option('--to <day>', 'the last day (UTC)')
    .option('--event <name>', 'only events of this name, for example access-denied')
    .option('--person <profile-name>', 'only what this person did or what was done to them')
    .option('--limit <count>', 'at most so many', '100')
    .option(...dataFolderOption)
    .action((options: ShowAuditOptions) => showAudit(terminal, options));

  audit
    .command('status')
    .description(
      'ask the running control plane where the trail stands and how large the logs become',
    )
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string; json?: boolean }) =>
      showAuditStatus(terminal, options),
    );
  registerHomeCommands(program, terminal, dataFolderOption);

  const users = program.command('users').description('the people of this installation');
  users
    .command('list')
    .description('print everybody with role and team')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: { dataFolder: string; json?: boolean }) => listUsers(terminal, options));
  users
    .command('reset-password <profile-name>')
    .description('print a new one-time password; what the person had open ends')
    .option(...dataFolderOption)
    .action((profileName: string, options: { dataFolder: string }) =>
      resetPassword(terminal, { ...options, profileName }),
    );

  const finish = (finished: number) => {
    status = finished;
  };
  registerImageCommands(program, terminal, dataFolderOption, finish);
  registerJobCommands(program, terminal, dataFolderOption, finish);
  registerKeyCommands(program, terminal, dataFolderOption);
  registerSpaceCommands(program, terminal, dataFolderOption);
  registerStorageCommands(program, terminal, dataFolderOption, finish);
  registerS3Commands(program, terminal, finish);
  registerAwsCommand(program, finish);

  return {
    async run(words) {
      try {
        await program.parseAsync(words);
      } catch (error) {
        const refused = usageStatus(error);
        if (refused === undefined) throw error;
        return refused;
      }
      return status;
    },
  };
}
