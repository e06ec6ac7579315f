import { Signal } from '@lumino/signaling';
import type { Choice } from '../model/choice.ts';
import type { NotebookKernel } from '../model/notebook-kernel.ts';
import { kernelId } from './answers.ts';

/** A notebook's kernel that a test decides about. */
export class NotebookKernelThatAnswers implements NotebookKernel {
  readonly changed = new Signal<this, void>(this);
  kernelId: string | undefined = kernelId;
  kernelName: string | undefined = 'python3';
  status = 'idle';
  instanceType: string | undefined;
  knownKernelIds: ReadonlySet<string> = new Set([kernelId]);
  restartCount = 0;
  answer: (choice: Choice) => Promise<void> = async () => {};

  change(choice: Choice): Promise<void> {
    return this.answer(choice);
  }

  writeInstanceType(instanceType: string): void {
    this.instanceType = instanceType;
  }

  async restart(): Promise<void> {
    this.restartCount += 1;
  }

  become(status: string): void {
    this.status = status;
    this.changed.emit();
  }
}
