import { defaultDomainFile } from '../../config/default-domain-file.ts';
import type { Domain } from '../../config/domain.ts';
import { readDomain } from '../../config/read-domain.ts';
import type { Person } from '../../identity/person.ts';
import type { Authorize } from '../access-request.ts';
import { createAuthorize } from '../authorize.ts';
import { PolicyBook } from '../policy-book.ts';

/** The default domain, with these people in it, as they are at each question. */
export function domainWith(
  people: () => Iterable<Person>,
  change: Partial<Domain> = {},
): () => Domain {
  const { domain } = readDomain(
    defaultDomainFile,
    '/srv/strongroom/strongroom.yaml',
    'strongroom.yaml',
  );
  return () => ({ ...domain, ...change, people: [...people()] });
}

/** The real decisions on the real documents of the default domain. */
export function authorizeFor(people: () => Iterable<Person>): Authorize {
  const domain = domainWith(people);
  const book = new PolicyBook(domain, () => noOwn);
  return createAuthorize({ domain, book, clock: () => new Date() });
}

const noOwn: readonly [] = [];
