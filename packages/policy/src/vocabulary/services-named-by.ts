import { copyBounded } from '../document/copy-bounded.ts';
import { PolicyDocumentError } from '../document/policy-document-error.ts';

/** Key prefixes that are not the prefix of the service whose requests have the key. */
const ownerOfPrefix: ReadonlyMap<string, string> = new Map([
  ['saml', 'sts'],
  ['identitycenter', 'sso'],
  ['catalog', 'aws-marketplace'],
  ['cognito-identity-auth', 'cognito-identity'],
  ['cognito-identity-unauth', 'cognito-identity'],
]);
/** At the start of an action or key, and after `${` of each variable. */
const prefixPattern = /(?:^|\$\{)([a-z0-9-]+):/gi;

/**
 * Prefixes of the services whose vocabulary is needed to validate a document: those that its
 * actions, condition keys and variables name. None for a document too large to be validated.
 */
export function servicesNamedBy(document: unknown): readonly string[] {
  const prefixes = new Set<string>();
  for (const text of textsOf(readBounded(document))) {
    for (const [, prefix = ''] of text.matchAll(prefixPattern)) {
      prefixes.add(ownerOfKeyPrefix(prefix.toLowerCase()));
    }
  }
  // `arn:` starts a resource, `aws:` a global key.
  for (const prefix of ['arn', 'aws']) prefixes.delete(prefix);
  return [...prefixes].sort();
}

export function ownerOfKeyPrefix(prefix: string): string {
  return ownerOfPrefix.get(prefix) ?? prefix;
}

function* textsOf(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    yield key;
    yield* textsOf(item);
  }
}

function readBounded(document: unknown): unknown {
  try {
    return copyBounded(document);
  } catch (error) {
    if (error instanceof PolicyDocumentError) return undefined;
    throw error;
  }
}
