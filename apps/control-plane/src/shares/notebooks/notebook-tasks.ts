import { type ErrorCode, StrongroomError } from '@strongroom/contracts';
import type { CheckedNotebook } from '../share.ts';
import { addProvenance, type Provenance } from './add-provenance.ts';
import { checkNotebook, type NotebookToCheck, type ScanNotebook } from './check-notebook.ts';

/** Work on a whole notebook, which may take a processor for a second. */
export interface NotebookTasks {
  /** @throws {StrongroomError} `NotANotebook`; the given bytes are used up */
  check(notebook: NotebookToCheck): Promise<CheckedNotebook>;
  addProvenance(bytes: Uint8Array, provenance: Provenance): Promise<Uint8Array>;
  /** Somebody is about to ask. */
  warmUp(): void;
  close(): Promise<void>;
}

export type TaskMessage =
  | { readonly id: number; readonly kind: 'check'; readonly notebook: NotebookToCheck }
  | {
      readonly id: number;
      readonly kind: 'provenance';
      readonly bytes: Uint8Array;
      readonly provenance: Provenance;
    };

export type TaskAnswer =
  | { readonly id: number; readonly checked: CheckedNotebook }
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly refusal: { code: ErrorCode; message: string; why: string } };

/** In the thread that asks: for tests and small tools. */
export function notebookTasksHere(scan: ScanNotebook): NotebookTasks {
  return {
    check: (notebook) => checkNotebook(notebook, scan),
    addProvenance: async (bytes, provenance) => addProvenance(bytes, provenance),
    warmUp: () => undefined,
    close: async () => undefined,
  };
}

/** What the worker does with one message. */
export async function carryOut(message: TaskMessage, scan: ScanNotebook): Promise<TaskAnswer> {
  const { id } = message;
  try {
    if (message.kind === 'check') {
      return { id, checked: await checkNotebook(message.notebook, scan) };
    }
    return { id, bytes: addProvenance(message.bytes, message.provenance) };
  } catch (error) {
    if (!(error instanceof StrongroomError)) throw error;
    const { code, message: said, values } = error;
    return { id, refusal: { code, message: said, why: String(values.why ?? '') } };
  }
}
