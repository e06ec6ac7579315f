import { type CompiledStatement, compileStatement } from './compile-statement.ts';
import { joinPath } from './document/copy-bounded.ts';
import { invalidElement } from './document/policy-document-error.ts';
import { readDocument, statementsOf } from './document/read-document.ts';
import type { PolicyDocument, PolicyKind, PolicyStatement } from './policy-document.ts';
import { type StatementsByAction, statementsByAction } from './statements-by-action.ts';

/** A policy with its patterns and values prepared, so that a decision only compares. */
export interface CompiledPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly statementsFor: StatementsByAction;
}

export interface PolicyAttachment {
  readonly kind: PolicyKind;
  /** As people know it; decisions and explanations name it. */
  readonly name: string;
}

/** Throws PolicyDocumentError, and never compiles half a policy. */
export function compilePolicy(
  document: PolicyDocument,
  { kind, name }: PolicyAttachment,
): CompiledPolicy {
  const checked = readDocument(document);
  const statements = statementsOf(checked);
  for (const [path, statement] of statements) requireElementsFor(kind, statement, path);
  return { name, kind, statementsFor: statementsByAction(compileStatements(checked)) };
}

export function compileStatements(document: PolicyDocument): readonly CompiledStatement[] {
  const variables = document.Version === '2012-10-17';
  return statementsOf(document).map(([path, statement]) =>
    compileStatement(statement, { path, variables }),
  );
}

function requireElementsFor(kind: PolicyKind, statement: PolicyStatement, path: string): void {
  const namesPrincipal = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  const namesResource = statement.Resource !== undefined || statement.NotResource !== undefined;
  switch (kind) {
    case 'resource':
    case 'endpoint':
      if (!namesPrincipal) throw invalidElement(path, `a ${kind} policy needs "Principal"`);
      return;
    case 'identity':
    case 'session':
    case 'boundary':
    case 'service-control':
      if (namesPrincipal) {
        const element = statement.Principal === undefined ? 'NotPrincipal' : 'Principal';
        throw invalidElement(joinPath(path, element), `a ${kind} policy cannot name principals`);
      }
      if (!namesResource) throw invalidElement(path, `a ${kind} policy needs "Resource"`);
  }
}
