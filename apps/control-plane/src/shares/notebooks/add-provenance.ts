import { parseNotebook } from './check-notebook.ts';

/** Where a copy came from, for its reader; nothing is ever trusted for it. */
export interface Provenance {
  readonly sharedBy: string;
  readonly shareId: string;
  readonly version: number;
  readonly copiedAt: string;
}

/** The notebook with `metadata.strongroom`, as nbformat writes it. */
export function addProvenance(bytes: Uint8Array, provenance: Provenance): Uint8Array {
  const notebook = parseNotebook(bytes);
  const marked = { ...notebook, metadata: { ...notebook.metadata, strongroom: provenance } };
  return Buffer.from(`${JSON.stringify(marked, undefined, 1)}\n`);
}
