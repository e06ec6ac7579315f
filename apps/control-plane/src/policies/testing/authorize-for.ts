import type { Domain, RenderedPolicy } from '@strongroom/domain';
import { defaultDomainFile, readDomain } from '@strongroom/domain';
import type { PolicyStatement } from '@strongroom/policy';
import type { Clock } from '../../clock.ts';
import type { Person } from '../../identity/person.ts';
import type { Authorize } from '../access-request.ts';
import { createAuthorize } from '../authorize.ts';
import { PolicyBook } from '../policy-book.ts';
import { testResources } from './test-resources.ts';

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

/** The real decisions on the real documents of the default domain, and on own ones. */
export function authorizeFor(
  people: () => Iterable<Person>,
  options: {
    readonly own?: () => readonly RenderedPolicy[];
    readonly sharing?: () => Domain['studios']['sharing'];
    readonly images?: () => Domain['images'];
    readonly clock?: Clock;
    /** Beside the default domain's. */
    readonly change?: Partial<Domain>;
  } = {},
): Authorize {
  const { own = () => noOwn, sharing, images, clock = () => new Date() } = options;
  const plain = domainWith(people, options.change);
  const domain = (): Domain => {
    const { studios, ...rest } = plain();
    return {
      ...rest,
      ...(images && { images: images() }),
      studios: { ...studios, ...(sharing && { sharing: sharing() }) },
    };
  };
  return createAuthorize({ domain, book: new PolicyBook(domain, own, testResources), clock });
}

/** A document of the administrators' own that denies everybody, people and notebooks. */
export function denying(statement: Omit<PolicyStatement, 'Effect'>): RenderedPolicy {
  return {
    ...{ name: 'own', kind: 'identity', file: 'policies/own.json' },
    purpose: { english: '', korean: '' },
    document: {
      Version: '2012-10-17',
      Statement: { Sid: 'Denied', Effect: 'Deny', Resource: '*', ...statement },
    },
    bindings: [{ kind: 'everyone' }],
  };
}

const noOwn: readonly [] = [];
