import type { S3Session } from './run-s3.ts';
import { readS3Location, writeLocation } from './s3-location.ts';
import { UsageError } from './usage-error.ts';

export interface RemoveOptions {
  readonly recursive?: boolean;
  readonly dryrun?: boolean;
  readonly yes?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Many at once only after a person has agreed. */
export async function remove(
  session: S3Session,
  address: string,
  options: RemoveOptions,
): Promise<number> {
  const { s3, signal, print } = session;
  const location = readS3Location(address);
  const { bucket, key } = location;
  const before = options.dryrun === true ? '(dry run) ' : '';
  if (options.recursive !== true) {
    if (key === '')
      throw new UsageError(`Cannot delete "${address}": name an object, or --recursive`);
    if (options.dryrun !== true) await s3.deleteObject(bucket, key, { signal });
    print(`${before}delete ${writeLocation(location)}`);
    return 0;
  }
  const { include, exclude, dryrun: dryRun = false } = options;
  if (!dryRun && options.yes !== true && !(await isAgreed(session, address))) {
    print('Nothing was deleted');
    return 1;
  }
  const onStep = (step: { readonly key: string }): void => print(`${before}delete ${step.key}`);
  await s3.deleteFolder(bucket, key, { signal, include, exclude, dryRun, onStep });
  return 0;
}

async function isAgreed({ ask }: S3Session, address: string): Promise<boolean> {
  if (ask === undefined) {
    throw new UsageError(`Cannot delete all of "${address}" without asking: add --yes`);
  }
  const answer = await ask(`Delete everything below ${address}? Write yes: `);
  return answer.trim().toLowerCase() === 'yes';
}
