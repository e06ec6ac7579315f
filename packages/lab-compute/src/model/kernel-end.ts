/** What the agent publishes as a kernel ends that it starts again. */
export interface KernelEnd {
  readonly isOutOfMemory: boolean;
  /** For the person, in their language. */
  readonly text: string;
}

/** The agent's message type (apps/agent, `kernels/kernel.ts`). */
export const kernelEndMessageType = 'strongroom_kernel_ended';

/** The agent is inside the sandbox: nothing of it is believed unseen. */
export function parseKernelEnd(content: unknown): KernelEnd | null {
  if (typeof content !== 'object' || content === null) return null;
  const { out_of_memory: isOutOfMemory, text } = content as Record<string, unknown>;
  if (typeof isOutOfMemory !== 'boolean' || typeof text !== 'string') return null;
  return { isOutOfMemory, text: text.trim() };
}
