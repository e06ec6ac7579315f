import {
  type CompiledPolicy,
  compilePolicy,
  type PolicyDocument,
  PolicyDocumentError,
  type PolicyKind,
} from '@strongroom/policy';
import type { Resource } from '../graph/resource.ts';
import { itemsOf } from '../graph/resource.ts';
import type { Resolved, ResolvedObject } from '../resolve/unknown.ts';
import { findUnknown, isResolvedObject, isUnknown, type Unknown } from '../resolve/unknown.ts';
import { type Reading, readStatement } from './widen-statement.ts';

/** A policy document and where in the template it stands. */
export interface PolicySource {
  readonly resource: Resource;
  /** Below the resource's properties, such as `Policies.0.PolicyDocument`. */
  readonly path: string;
  readonly kind: PolicyKind;
  readonly document: Resolved;
}

/**
 * A policy read twice. INVARIANT: `generous` allows whatever the real policy may allow, and
 * `strict` nothing that it may not; where both answer the same, that is the answer.
 */
export interface ReadPolicy extends PolicySource {
  readonly name: string;
  readonly generous: CompiledPolicy;
  readonly strict: CompiledPolicy;
  readonly unknown: Unknown | undefined;
  /** What AWS, or at least our reader, would refuse the document for. */
  readonly problem: PolicyDocumentError | undefined;
  readonly statements: readonly ResolvedObject[];
}

export function readPolicy(source: PolicySource): ReadPolicy {
  const name = `${source.resource.stack}/${source.resource.logicalId}/${source.path}`;
  const document = parseText(source.document);
  const unknown = findUnknown(document);
  const statements = statementsIn(document);
  const about = { ...source, document, name, unknown, statements };
  try {
    return {
      ...about,
      generous: compile(document, 'generous', { ...source, name }),
      strict: compile(document, 'strict', { ...source, name }),
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof PolicyDocumentError)) throw error;
    return {
      ...about,
      generous: everything('Allow', source.kind, name),
      strict: everything('Deny', source.kind, name),
      problem: error,
    };
  }
}

/** Some resources take the document as text. */
function parseText(document: Resolved): Resolved {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as Resolved;
  } catch {
    return document;
  }
}

function statementsIn(document: Resolved): readonly ResolvedObject[] {
  if (!isResolvedObject(document)) return [];
  return itemsOf(document.Statement).filter(isResolvedObject);
}

type Variant = 'generous' | 'strict';

function compile(
  document: Resolved,
  variant: Variant,
  { kind, name }: Pick<ReadPolicy, 'kind' | 'name'>,
): CompiledPolicy {
  if (isUnknown(document)) return everything(variant === 'generous' ? 'Allow' : 'Deny', kind, name);
  const read = isResolvedObject(document)
    ? { ...document, ...readStatements(document.Statement, variant, kind) }
    : document;
  return compilePolicy(read as unknown as PolicyDocument, { kind, name });
}

function readStatements(
  statements: Resolved,
  variant: Variant,
  kind: PolicyKind,
): { readonly Statement?: Resolved } {
  if (statements === undefined) return {};
  if (isUnknown(statements)) {
    return { Statement: [openStatement(variant === 'generous' ? 'Allow' : 'Deny', kind)] };
  }
  return {
    Statement: itemsOf(statements).map((statement) => readOne(statement, variant, kind)),
  };
}

function readOne(statement: Resolved, variant: Variant, kind: PolicyKind): Resolved {
  if (isUnknown(statement) || (isResolvedObject(statement) && isUnknown(statement.Effect))) {
    return openStatement(variant === 'generous' ? 'Allow' : 'Deny', kind);
  }
  if (!isResolvedObject(statement) || findUnknown(statement) === undefined) return statement;
  const widens = (statement.Effect === 'Allow') === (variant === 'generous');
  const reading: Reading = widens ? 'widen' : 'narrow';
  // A statement that says nothing keeps its place, so that the others keep their numbers.
  return readStatement(statement, reading) ?? silentStatement(kind);
}

const named = (kind: PolicyKind) => kind === 'resource' || kind === 'endpoint';

function openStatement(effect: 'Allow' | 'Deny', kind: PolicyKind): ResolvedObject {
  return {
    ...{ Effect: effect, Action: '*', Resource: '*' },
    ...(named(kind) ? { Principal: '*' } : {}),
  };
}

function silentStatement(kind: PolicyKind): ResolvedObject {
  return {
    ...{ Effect: 'Deny', Action: 'none:None', Resource: 'arn:aws:none:::none' },
    ...(named(kind) ? { Principal: { Service: 'none.amazonaws.com' } } : {}),
  };
}

function everything(effect: 'Allow' | 'Deny', kind: PolicyKind, name: string): CompiledPolicy {
  const document = { Version: '2012-10-17', Statement: [openStatement(effect, kind)] };
  return compilePolicy(document as unknown as PolicyDocument, { kind, name });
}
