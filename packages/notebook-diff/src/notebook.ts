import type { JsonObject } from './json.ts';

/** nbformat 4, with every text in one piece. What the format does not name is kept. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: JsonObject;
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly [key: string]: unknown;
}

export interface Cell {
  /** `code`, `markdown`, `raw`; other words are kept. */
  readonly cell_type: string;
  /** Since nbformat 4.5. */
  readonly id?: string;
  readonly source: string;
  readonly metadata: JsonObject;
  /** Of code. */
  readonly outputs?: readonly JsonObject[];
  readonly execution_count?: number | null;
  /** Of the other two. */
  readonly attachments?: JsonObject;
  readonly [key: string]: unknown;
}

/** Cells have ids, and must have them. */
export function hasCellIds(notebook: Pick<Notebook, 'nbformat' | 'nbformat_minor'>): boolean {
  return notebook.nbformat > 4 || (notebook.nbformat === 4 && notebook.nbformat_minor >= 5);
}
