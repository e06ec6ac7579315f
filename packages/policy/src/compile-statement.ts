import { compileAction } from './compile-action.ts';
import { compileResource } from './compile-resource.ts';
import { type CompiledCondition, compileConditions } from './conditions/compile-condition.ts';
import type { StatementEffect } from './conditions/condition-holds.ts';
import { joinPath } from './document/copy-bounded.ts';
import { invalidElement } from './document/policy-document-error.ts';
import type { OneOrMore, PolicyStatement } from './policy-document.ts';
import { compilePrincipal } from './principals/compile-principal.ts';
import { isSpared, matchPrincipal, type PrincipalMatch } from './principals/match-principal.ts';
import type { RequestContext } from './request-context.ts';

export interface CompiledStatement {
  /** The Sid, or its place in the document such as `Statement[2]`. */
  readonly label: string;
  readonly effect: StatementEffect;
  /** Undefined in policies that are attached to whom they concern. */
  readonly principal?: PrincipalTest;
  action(action: string): boolean;
  resource(context: RequestContext): boolean;
  readonly conditions: readonly CompiledCondition[];
}

/** How closely the statement names who asks; undefined when it does not. */
type PrincipalTest = (context: RequestContext, hasBoundary: boolean) => PrincipalMatch | undefined;

export interface StatementReading {
  readonly path: string;
  /** True in version 2012-10-17, the first that has policy variables. */
  readonly variables: boolean;
}

export function compileStatement(
  statement: PolicyStatement,
  reading: StatementReading,
): CompiledStatement {
  const { path, variables } = reading;
  const { Effect: effect } = statement;
  const principal = compilePrincipalTest(statement, path);
  return {
    label: statement.Sid ?? path,
    effect,
    ...(principal === undefined ? {} : { principal }),
    action: compileActionTest(statement, path),
    resource: compileResourceTest(statement, reading),
    conditions: compileConditions(statement.Condition, {
      effect,
      variables,
      path: joinPath(path, 'Condition'),
    }),
  };
}

function compilePrincipalTest(
  { Effect: effect, Principal: principal, NotPrincipal: notPrincipal }: PolicyStatement,
  path: string,
): PrincipalTest | undefined {
  if (principal !== undefined) {
    const names = compilePrincipal(principal, joinPath(path, 'Principal'));
    return (context) => matchPrincipal(names, context.principal);
  }
  if (notPrincipal === undefined) return undefined;
  const notPath = joinPath(path, 'NotPrincipal');
  if (effect === 'Allow') throw invalidElement(notPath, 'can stand in a Deny statement only');
  const names = compilePrincipal(notPrincipal, notPath);
  return (context, hasBoundary) =>
    isSpared(names, context.principal, hasBoundary) ? undefined : 'direct';
}

function compileActionTest(
  { Action: action, NotAction: notAction }: PolicyStatement,
  path: string,
): CompiledStatement['action'] {
  if (action !== undefined) return compileAction(listOf(action), joinPath(path, 'Action'));
  const isExcepted = compileAction(listOf(notAction ?? []), joinPath(path, 'NotAction'));
  return (name) => !isExcepted(name);
}

function compileResourceTest(
  { Effect: effect, Resource: resource, NotResource: notResource }: PolicyStatement,
  { path, variables }: StatementReading,
): CompiledStatement['resource'] {
  const element = notResource === undefined ? 'Resource' : 'NotResource';
  const patterns = notResource ?? resource;
  // Without a Resource element a policy speaks of what it is attached to.
  if (patterns === undefined) return () => true;
  const tests = listOf(patterns).map((pattern) =>
    compileResource(pattern, variables, joinPath(path, element)),
  );
  if (element === 'Resource') return (context) => tests.some((test) => test(context) === true);
  // A variable without value: the statement then gives no access, and a Deny still denies.
  return (context) =>
    tests.every((test) => {
      const matches = test(context);
      return matches === undefined ? effect === 'Deny' : !matches;
    });
}

function listOf(value: OneOrMore<string>): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
