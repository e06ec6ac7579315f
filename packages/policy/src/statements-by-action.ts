import type { CompiledStatement } from './compile-statement.ts';

/** Takes an action in lower case. */
export type StatementsByAction = (action: string) => readonly CompiledStatement[];

const mostRemembered = 1_000;
const longestRemembered = 200;

/**
 * Which statements speak of an action, in their order. Remembers the answers: a service has few
 * actions and is asked about the same ones all day. Bounded, because callers can invent names.
 */
export function statementsByAction(statements: readonly CompiledStatement[]): StatementsByAction {
  const remembered = new Map<string, readonly CompiledStatement[]>();
  return (action) => {
    const known = remembered.get(action);
    if (known !== undefined) return known;
    const found = statements.filter((statement) => statement.action(action));
    if (action.length > longestRemembered) return found;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(action, found);
    return found;
  };
}
