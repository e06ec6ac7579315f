import { resolve } from 'node:path';

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const source = (path: string) => resolve(import.meta.dirname, '../src', path);
const startPath = source('start/start.ts');
/** Each takes what the ones after it need, too. */
const shownFirst = [
  { name: 'main', path: source('main.tsx') },
  { name: 'share', path: source('pages/shares/SharePage.tsx') },
] as const;
const reached = new Map<string, ReadonlySet<string>>();

/**
 * What is shown first comes in few chunks, whose number counts as much as their size. The rest is left
 * to be split by who needs it.
 */
export function chunkOf(id: string, graph: ModuleGraph): string | null {
  if (reachedFrom(startPath, graph).has(id)) return null;
  return shownFirst.find(({ path }) => reachedFrom(path, graph).has(id))?.name ?? null;
}

/** Never what the console starts with: that waits for nothing else. */
export function sharedChunkOf(id: string, graph: ModuleGraph): string | null {
  return reachedFrom(startPath, graph).has(id) ? null : 'pages';
}

/** What is imported at once, and what that imports. */
function reachedFrom(path: string, graph: ModuleGraph): ReadonlySet<string> {
  const known = reached.get(path);
  if (known !== undefined) return known;
  const found = new Set([path]);
  for (const id of found) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  reached.set(path, found);
  return found;
}
