import {
  type AccessRequest,
  type ContextInput,
  type ContextScalar,
  hasAccount,
  type Principal,
} from './access-request.ts';

/** A request as statements see it: names folded once, values always as lists. */
export interface RequestContext {
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  readonly resourceArn: string;
  /** The values of a key in lower case; undefined or empty when the request lacks it. */
  valuesOf(key: string): readonly ContextScalar[] | undefined;
  /** For a policy variable: a multivalued key cannot be one. */
  variable(key: string): string | undefined;
}

/** Two keys that differ only in case have no certain meaning; a decision on them would be a guess. */
export class AmbiguousContextError extends Error {
  override readonly name = 'AmbiguousContextError';
  readonly code = 'ambiguous-context';
  readonly key: string;

  constructor(key: string) {
    super(`Cannot read request context key "${key}": given twice, in different case`);
    this.key = key;
  }
}

export function createRequestContext(request: AccessRequest): RequestContext {
  const { values, multivalued } = readContext(request.context ?? {});
  for (const [key, value] of principalKeys(request)) {
    multivalued.delete(key);
    if (value === undefined) values.delete(key);
    else values.set(key, [value]);
  }
  return {
    principal: request.principal,
    action: request.action.toLowerCase(),
    resourceArn: request.resource.arn,
    valuesOf: (key) => values.get(key),
    variable(key) {
      const value = multivalued.has(key) ? undefined : values.get(key)?.[0];
      return value === undefined ? undefined : contextText(value);
    },
  };
}

/** A context value as text, as string operators and variables see it. */
export function contextText(value: ContextScalar): string {
  if (typeof value === 'string') return value;
  if (!(value instanceof Date)) return String(value);
  if (Number.isNaN(value.getTime())) return '';
  return value.toISOString().replace('.000Z', 'Z');
}

type ContextValues = Map<string, readonly ContextScalar[]>;
type PrincipalKey = readonly [key: string, value: string | undefined];

function readContext(context: ContextInput): {
  values: ContextValues;
  multivalued: Set<string>;
} {
  const values: ContextValues = new Map();
  const multivalued = new Set<string>();
  const pairs = context instanceof Map ? context.entries() : Object.entries(context);
  for (const [name, value] of pairs) {
    if (value === undefined || value === null) continue;
    const key = foldedKey(name);
    if (values.has(key)) throw new AmbiguousContextError(name);
    if (Array.isArray(value)) multivalued.add(key);
    values.set(key, Array.isArray(value) ? value : [value]);
  }
  return { values, multivalued };
}

/** A platform has few keys and asks with the same ones all day. Bounded: callers can invent names. */
const foldedKeys = new Map<string, string>();
const mostRemembered = 1_000;
const longestRemembered = 200;

function foldedKey(name: string): string {
  const known = foldedKeys.get(name);
  if (known !== undefined) return known;
  const folded = name.toLowerCase();
  if (name.length > longestRemembered) return folded;
  if (foldedKeys.size >= mostRemembered) foldedKeys.clear();
  foldedKeys.set(name, folded);
  return folded;
}

/**
 * Keys that follow from the principal and the resource ("AWS global condition context keys").
 * INVARIANT: who asks is known from the principal; a context that claims otherwise is overruled.
 */
function principalKeys({ principal, resource }: AccessRequest): readonly PrincipalKey[] {
  const service = principal.kind === 'service' ? principal.service : undefined;
  return [
    ['aws:principalarn', principalArn(principal)],
    ['aws:principalaccount', hasAccount(principal) ? principal.account : undefined],
    ['aws:principaltype', principalType(principal)],
    ['aws:username', userName(principal)],
    ['aws:principalisawsservice', service === undefined ? 'false' : 'true'],
    ['aws:principalservicename', service],
    ['aws:resourceaccount', resource.account],
  ];
}

/** For a role session this is the role's ARN, not the session's. */
function principalArn(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'assumed-role':
      return principal.roleArn;
    case 'user':
    case 'role':
    case 'federated-user':
      return principal.arn;
    case 'service':
    case 'federated':
    case 'anonymous':
      return undefined;
  }
}

function principalType(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'user':
      return 'User';
    case 'role':
    case 'assumed-role':
      return 'AssumedRole';
    case 'federated-user':
      return 'FederatedUser';
    case 'anonymous':
      return 'Anonymous';
    case 'service':
    case 'federated':
      return undefined;
  }
}

/** Present for IAM users only; a role session has no user name. */
function userName(principal: Principal): string | undefined {
  if (principal.kind !== 'user') return undefined;
  return principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
}
