import type { ISignal } from '@lumino/signaling';

/** A notebook's kernel as this package needs it; `lab-notebook-kernel.ts` is Lab's. */
export interface NotebookKernel {
  /** Its status, its kernel, or what the notebook's metadata say has changed. */
  readonly changed: ISignal<NotebookKernel, void>;
  /** Undefined where it has none. */
  readonly kernelId: string | undefined;
  /** Of the kernel, or of the one that the notebook asks for. */
  readonly kernelName: string | undefined;
  /** Lab's word. */
  readonly status: string;
  /** As the notebook's metadata say; undefined where they do not. */
  readonly instanceType: string | undefined;
  /** Of all sessions that Lab knows. */
  readonly knownKernelIds: ReadonlySet<string>;
  /** Starts one where there is none, and changes it otherwise. */
  change(choice: { readonly kernelName: string; readonly instanceType: string }): Promise<void>;
  writeInstanceType(instanceType: string): void;
  restart(): Promise<void>;
}
