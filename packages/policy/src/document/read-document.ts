import type { PolicyDocument, PolicyStatement } from '../policy-document.ts';
import { copyBounded, joinPath } from './copy-bounded.ts';
import { documentLimits } from './document-limits.ts';
import { invalidElement, PolicyDocumentError } from './policy-document-error.ts';
import { readCondition, readPrincipal, readTexts } from './read-elements.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const versions: readonly unknown[] = ['2012-10-17', '2008-10-17', undefined];
const statementElements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/**
 * The shape of a document: its elements, their types, and the bounds. What the values mean is
 * checked when a statement is compiled.
 */
export function readDocument(value: unknown): PolicyDocument {
  const document = requireObject(copyBounded(value), '');
  requireOnly(document, new Set(['Version', 'Id', 'Statement']), '');
  if (!versions.includes(document.Version)) {
    throw invalidElement('Version', 'expected "2012-10-17" or "2008-10-17"');
  }
  requireOptionalText(document, 'Id', '');
  readStatements(document.Statement);
  return document as unknown as PolicyDocument;
}

/** The statements with their paths; a single statement need not stand in a list. */
export function statementsOf(document: PolicyDocument): readonly [string, PolicyStatement][] {
  const { Statement: statement } = document;
  if (!Array.isArray(statement)) return [['Statement', statement as PolicyStatement]];
  return statement.map((item: PolicyStatement, index) => [`Statement[${index}]`, item]);
}

function readStatements(value: unknown): void {
  if (!Array.isArray(value)) {
    readStatement(value, 'Statement');
    return;
  }
  if (value.length === 0) throw invalidElement('Statement', 'expected at least one statement');
  if (value.length > documentLimits.statements) {
    throw new PolicyDocumentError(
      'too-many-statements',
      'Statement',
      `over ${documentLimits.statements} statements`,
    );
  }
  for (const [index, statement] of value.entries()) {
    readStatement(statement, `Statement[${index}]`);
  }
}

function readStatement(value: unknown, path: string): void {
  const statement = requireObject(value, path);
  requireOnly(statement, statementElements, path);
  requireOptionalText(statement, 'Sid', path);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw invalidElement(joinPath(path, 'Effect'), 'expected "Allow" or "Deny"');
  }
  requireOneAtMost(statement, ['Principal', 'NotPrincipal'], path);
  requireOneAtMost(statement, ['Resource', 'NotResource'], path);
  requireOneAtMost(statement, ['Action', 'NotAction'], path);
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw invalidElement(path, 'expected "Action" or "NotAction"');
  }
  for (const element of ['Action', 'NotAction', 'Resource', 'NotResource']) {
    if (statement[element] !== undefined) readTexts(statement[element], joinPath(path, element));
  }
  for (const element of ['Principal', 'NotPrincipal']) {
    if (statement[element] !== undefined) {
      readPrincipal(statement[element], joinPath(path, element));
    }
  }
  if (statement.Condition !== undefined) {
    readCondition(statement.Condition, joinPath(path, 'Condition'));
  }
}

function requireObject(value: unknown, path: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw invalidElement(path, 'expected an object');
}

function requireOnly(value: JsonObject, allowed: ReadonlySet<string>, path: string): void {
  const unknown = Object.keys(value).find((key) => !allowed.has(key));
  if (unknown !== undefined) {
    throw invalidElement(joinPath(path, unknown), 'no such element in the policy language');
  }
}

function requireOneAtMost(
  value: JsonObject,
  [one, other]: readonly [string, string],
  path: string,
): void {
  if (value[one] === undefined || value[other] === undefined) return;
  throw invalidElement(path, `"${one}" and "${other}" exclude each other`);
}

function requireOptionalText(value: JsonObject, key: string, path: string): void {
  if (value[key] === undefined || typeof value[key] === 'string') return;
  throw invalidElement(joinPath(path, key), 'expected text');
}
