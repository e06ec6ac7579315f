import { appsSchema, spacesSchema } from '@strongroom/contracts';
import type { Command } from 'commander';
import { askOperator } from '../operator/ask-operator.ts';
import { printTable } from '../print-table.ts';
import type { DataFolderOption, Terminal } from '../program.ts';

interface Options {
  readonly dataFolder: string;
  readonly json?: boolean;
}

const nothing = { parse: () => undefined };

/** `strongroom spaces`: what runs on the SageMaker domain of a control plane before it. */
export function registerSpaceCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
): void {
  const spaces = program
    .command('spaces')
    .description('spaces and apps of a SageMaker domain (compute.runtime: sagemaker)');
  spaces
    .command('list <profile>')
    .description("list a person's spaces")
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((profile: string, options: Options) => listSpaces(terminal, profile, options));
  spaces
    .command('apps')
    .description('list what runs, and what ended within a day')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: Options) => listApps(terminal, options));
  spaces
    .command('stop <profile>')
    .description("stop everything of a person's that runs")
    .option(...dataFolderOption)
    .action(async (profile: string, { dataFolder }: Options) => {
      const path = `/people/${encodeURIComponent(profile)}/stop-apps`;
      await askOperator(dataFolder, { method: 'POST', path, body: {} }, nothing);
      terminal.print(`Every app of ${profile} is being stopped`);
    });
}

async function listSpaces(
  terminal: Terminal,
  profile: string,
  { dataFolder, json }: Options,
): Promise<void> {
  const path = `/people/${encodeURIComponent(profile)}/spaces`;
  const { spaces } = await askOperator(dataFolder, { method: 'GET', path }, spacesSchema);
  if (json === true) return terminal.print(JSON.stringify(spaces, null, 2));
  printTable(terminal, [
    ['SPACE', 'STATUS', 'INSTANCE TYPE', 'APP', 'REASON'],
    ...spaces.map(({ spaceName, status, instanceType, app, failureReason }) => [
      ...[spaceName, status, instanceType ?? '-', app?.status ?? '-'],
      failureReason ?? app?.failureReason ?? '',
    ]),
  ]);
}

async function listApps(terminal: Terminal, { dataFolder, json }: Options): Promise<void> {
  const question = { method: 'GET', path: '/apps' } as const;
  const { apps } = await askOperator(dataFolder, question, appsSchema);
  if (json === true) return terminal.print(JSON.stringify(apps, null, 2));
  printTable(terminal, [
    ['PROFILE', 'TYPE', 'SPACE', 'STATUS', 'INSTANCE TYPE', 'STARTED', 'REASON'],
    ...apps.map((app) => [
      ...[app.profileName, app.appType, app.spaceName ?? '-', app.status],
      ...[app.instanceType, app.startedAt, app.endReason ?? ''],
    ]),
  ]);
}
