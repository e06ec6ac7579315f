import { accessSync, constants } from 'node:fs';
import { cannotUse, type Domain, type DomainFileIssue, type ReadDomain } from '@strongroom/domain';

/**
 * What only this machine can tell about a domain file: whether the files that it names can be read.
 *
 * @throws {DomainFileError} with every file that cannot
 */
export function requireReadableFiles(read: ReadDomain): ReadDomain {
  const issues = unreadableFiles(read.domain);
  if (issues.length > 0) throw read.parsed.refuse(issues);
  return read;
}

function unreadableFiles({ server }: Domain): DomainFileIssue[] {
  return Object.entries(server.tls ?? {}).flatMap(([key, file]) => {
    try {
      accessSync(file, constants.R_OK);
      return [];
    } catch (error) {
      const why =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'unreadable';
      const mend = 'use the path of a PEM file that Strongroom may read';
      return [cannotUse({ path: ['server', 'tls', key], value: file, mend, why })];
    }
  });
}
