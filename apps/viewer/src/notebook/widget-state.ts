import { isRecord } from './json-values.ts';

/** Models by their id, as `application/vnd.jupyter.widget-state+json` has them. */
export type WidgetState = Readonly<Record<string, unknown>>;

export function readWidgetState(stored: unknown): WidgetState {
  return isRecord(stored) && isRecord(stored.state) ? stored.state : {};
}

const reference = /^IPY_MODEL_(.+)$/;

/** A model and those that it refers to, so that one output is not given the state of them all. */
export function widgetClosure(state: WidgetState, modelId: string): unknown {
  const found: Record<string, unknown> = {};
  const waiting = [modelId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (Object.hasOwn(found, id) || !Object.hasOwn(state, id)) continue;
    found[id] = state[id];
    collectReferences(state[id], waiting);
  }
  return { version_major: 2, version_minor: 0, state: found };
}

function collectReferences(root: unknown, found: string[]): void {
  const values: unknown[] = [root];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === 'string') {
      const id = reference.exec(value)?.[1];
      if (id !== undefined) found.push(id);
    } else if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value)) values.push(each);
    }
  }
}
