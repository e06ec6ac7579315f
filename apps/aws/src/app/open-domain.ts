import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Domain, defaultDomainFile, readDomain } from '@strongroom/domain';
import { checkForAws } from '../domain-checks/check-for-aws.ts';

/** A domain file that cannot be opened at all; what is wrong inside is a `DomainFileError`. */
class DomainFileUnusableError extends Error {
  override readonly name = 'DomainFileUnusableError';
  readonly code = 'DomainFileUnusable';
}

/**
 * The domain of a file, fit for AWS.
 *
 * @throws {DomainFileError} with everything that cannot be on AWS, each with its line and mend
 * @throws {DomainFileUnusableError}
 */
export async function openDomain(file: string | undefined): Promise<Domain> {
  const path = resolve(file ?? firstDomainFile);
  const text = await readText(path, { isAsked: file !== undefined });
  const read = readDomain(text, path, basename(path));
  const issues = checkForAws(read.domain);
  if (issues.length > 0) throw read.parsed.refuse(issues);
  return read.domain;
}

/** Where a first start writes one. */
const firstDomainFile = './strongroom.yaml';

/** Where none was asked for and there is none yet, what a first start would write. */
async function readText(path: string, { isAsked }: { isAsked: boolean }): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!isAsked && (error as NodeJS.ErrnoException).code === 'ENOENT') return defaultDomainFile;
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'unreadable';
    throw new DomainFileUnusableError(`Cannot read the domain file "${path}": ${why}`, {
      cause: error,
    });
  }
}
