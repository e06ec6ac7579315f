import { type Command, CommanderError } from 'commander';
import type { Terminal } from '../program.ts';
import { type ListOptions, list } from './list.ts';
import type { ConnectionOptions } from './open-manager.ts';
import { type PresignCommandOptions, presign } from './presign.ts';
import { type RemoveOptions, remove } from './remove.ts';
import { runS3, type S3Session } from './run-s3.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';
import { copy, type SyncOptions, sync, type TransferOptions } from './transfer.ts';

/** `strongroom s3 …`. `finish` is told the exit status. */
export function registerS3Commands(
  program: Command,
  terminal: Terminal,
  finish: (status: number) => void,
  surroundings: Surroundings = processSurroundings(),
): void {
  const run = async (
    options: ConnectionOptions,
    command: (session: S3Session) => Promise<number>,
  ): Promise<void> => finish(await runS3({ terminal, surroundings }, options, command));

  const s3 = program
    .command('s3')
    .description('list, copy, synchronise, delete and presign objects, sealed under a key')
    .exitOverride();

  const define = (name: string, description: string): Command =>
    s3
      .command(name)
      .description(description)
      .option('--region <region>', 'by default AWS_REGION, AWS_DEFAULT_REGION or the profile')
      .option('--profile <name>', 'of the AWS configuration files; by default AWS_PROFILE')
      .option('--endpoint-url <url>', 'instead of AWS, for example https://127.0.0.1:8443')
      .option('--ca-bundle <file>', 'certificates to trust; by default AWS_CA_BUNDLE')
      .option('--path-style', 'bucket in the path; the default with an endpoint of your own');
  const key = [
    '--sse-kms-key-id <key>',
    "seal under this key: id, alias/<name> or ARN; by default the bucket's",
  ] as const;
  const dryRun = ['--dryrun', 'print what would be done, change nothing'] as const;
  const filtered = (command: Command): Command =>
    command
      .option('--include <glob>', 'only what this fits; may be repeated', append, [])
      .option('--exclude <glob>', 'not what this fits; may be repeated', append, []);

  define('ls [address]', 'print the buckets, or one level below s3://<bucket>/<prefix>')
    .option('--recursive', 'every object below')
    .option('--human-readable', 'sizes as 1.5 MiB')
    .action((address: string | undefined, options: ConnectionOptions & ListOptions) =>
      run(options, (session) => list(session, address, options)),
    );
  filtered(define('cp <from> <to>', 'copy a file or an object, at least one of them s3://…'))
    .option('--recursive', 'everything below')
    .option(...dryRun)
    .option(...key)
    .action((from: string, to: string, options: ConnectionOptions & TransferOptions) =>
      run(options, (session) => copy(session, [from, to], options)),
    );
  filtered(define('sync <from> <to>', 'copy what differs of a folder, at least one of them s3://…'))
    .option('--delete', 'delete at <to> what <from> does not have')
    .option('--checksum', 'compare contents, not only sizes and times')
    .option(...dryRun)
    .option(...key)
    .action((from: string, to: string, options: ConnectionOptions & SyncOptions) =>
      run(options, (session) => sync(session, [from, to], options)),
    );
  filtered(define('rm <address>', 'delete an object'))
    .option('--recursive', 'everything below, after asking')
    .option('--yes', 'without asking')
    .option(...dryRun)
    .action((address: string, options: ConnectionOptions & RemoveOptions) =>
      run(options, (session) => remove(session, address, options)),
    );
  define('presign <address>', 'print a URL with which anybody may read the object for a time')
    .option('--expires-in <seconds>', 'for how long, at most 604800', '3600')
    .option('--put', 'for writing it instead; prints the headers to send along')
    .option(...key)
    .action((address: string, options: ConnectionOptions & PresignCommandOptions) =>
      run(options, (session) => presign(session, address, options)),
    );
}

/** The exit status of what commander refused below `s3`; `undefined` for any other error. */
export function usageStatus(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}

function append(value: string, known: readonly string[]): readonly string[] {
  return [...known, value];
}
