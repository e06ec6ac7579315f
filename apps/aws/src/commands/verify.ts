import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Language } from '@strongroom/template-verifier';
import { Command, InvalidArgumentError, Option } from 'commander';
import { openDomain } from '../app/open-domain.ts';
import { acceptances } from '../verify/acceptances.ts';
import { exitCodeOf } from '../verify/exit-code.ts';
import { readFiles } from '../verify/read-files.ts';
import { readFolder } from '../verify/read-folder.ts';
import { type ReportFormat, renderReport, reportFormats } from '../verify/render-report.ts';
import { verifySource } from '../verify/verify-source.ts';

interface Options {
  readonly file?: string;
  readonly folder?: string;
  readonly template?: readonly string[];
  readonly parameter?: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly region?: string;
  readonly format: ReportFormat;
  readonly language: Language;
  readonly out?: string;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('ask what the templates say: who could do what, and what only a deployment tells')
    .option('--file <domain file>', 'the domain file; ./strongroom.yaml where it is left out')
    .option('--folder <folder>', 'what "synth" wrote; <data folder>/aws where it is left out')
    .option(
      '--template <file...>',
      'CloudFormation templates (JSON) of anybody, instead of a folder',
    )
    .option('--parameter <name=value>', 'a parameter of the templates', addParameter)
    .option('--account <id>', 'the account that templates without one are read for')
    .option('--region <region>', 'the region that templates without one are read for')
    .addOption(
      new Option('--format <format>', 'of the report').choices(reportFormats).default('table'),
    )
    .addOption(
      new Option('--language <language>', 'of the HTML report').choices(['en', 'ko']).default('en'),
    )
    .option('--out <file>', 'where to write the report, instead of the terminal')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { template, parameter, account, region, format, language, out } = options;
  const source =
    template === undefined ? await readFolder(await folderOf(options)) : await readFiles(template);
  const report = await verifySource(source, {
    ...(parameter === undefined ? {} : { parameters: parameter }),
    surroundings: {
      ...(account === undefined ? {} : { accountId: account }),
      ...(region === undefined ? {} : { region }),
    },
    // Reasons are this product's own, for its own templates.
    acceptances: template === undefined ? acceptances : [],
  });
  const text = renderReport(report, format, language);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(resolve(out), text);
  process.exitCode = exitCodeOf(report);
}

async function folderOf({ folder, file }: Options): Promise<string> {
  if (folder !== undefined) return resolve(folder);
  return join((await openDomain(file)).dataFolder, 'aws');
}

function addParameter(
  written: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = written.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('Write it as name=value.');
  return { ...before, [written.slice(0, equals)]: written.slice(equals + 1) };
}
