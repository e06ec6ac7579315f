import type { PolicyKind } from '../policy-document.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { isObject, type JsonObject } from './json-values.ts';
import { type ResolvedAction, resolveActions } from './resolve-actions.ts';

export interface DocumentReading {
  readonly document: unknown;
  readonly kind: PolicyKind;
  readonly vocabulary: Vocabulary;
}

/** A statement with what all checks on it need to know. */
export interface StatementReading {
  readonly path: string;
  readonly elements: JsonObject;
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly kind: PolicyKind;
  readonly vocabulary: Vocabulary;
  /** False in a document of version 2008-10-17, where `${…}` is plain text. */
  readonly variables: boolean;
  /** True in the trust policy of a role, which has no resource. */
  readonly trust: boolean;
  /** What `Action` or `NotAction` names. */
  readonly actions: readonly ResolvedAction[];
}

/** The statements that are objects at all; the others are findings of the document's shape. */
export function readStatements(reading: DocumentReading): readonly StatementReading[] {
  const { document, kind, vocabulary } = reading;
  if (!isObject(document)) return [];
  const variables = document.Version === '2012-10-17';
  const statements = statementsWithPaths(document.Statement).map(([path, elements]) => {
    const effect = readEffect(elements.Effect);
    const actions = resolveActions(elements, path, vocabulary);
    return { path, elements, effect, kind, vocabulary, variables, actions };
  });
  const trust = kind === 'resource' && areOnlyAssumeRole(statements.flatMap((one) => one.actions));
  return statements.map((statement) => ({ ...statement, trust }));
}

function statementsWithPaths(value: unknown): [string, JsonObject][] {
  if (isObject(value)) return [['Statement', value]];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index): [string, JsonObject][] =>
    isObject(item) ? [[`Statement[${index}]`, item]] : [],
  );
}

function readEffect(value: unknown): 'Allow' | 'Deny' | undefined {
  return value === 'Allow' || value === 'Deny' ? value : undefined;
}

function areOnlyAssumeRole(actions: readonly ResolvedAction[]): boolean {
  return actions.length > 0 && actions.every(({ text }) => /^sts:/i.test(text));
}
