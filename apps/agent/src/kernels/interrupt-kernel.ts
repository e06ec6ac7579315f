import { AgentError } from '../http/agent-error.ts';
import type { KernelProcess } from './kernel-process.ts';

/** Throws `Unavailable` where there is nothing to interrupt yet, or the kernel does not take part. */
export async function interruptKernel(process: KernelProcess | undefined): Promise<void> {
  // A signal now would end the kernel's start instead of a cell.
  if (process?.isAlive !== true) {
    throw new AgentError('Unavailable', 'The kernel is still starting: no cell of it runs yet');
  }
  if ((await process.interrupt()) === 'interrupted') return;
  throw new AgentError(
    'Unavailable',
    'The kernel does not answer to an interrupt. Restart it from the Kernel menu',
  );
}
