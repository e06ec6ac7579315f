import { type MessageFrames, parseContent, parseParentHeader } from '@strongroom/jupyter-protocol';

/**
 * Requests on the control channel are handled beside a running cell: their busy and idle say
 * nothing about it.
 */
const sideRequests: ReadonlySet<string> = new Set([
  'debug_request',
  'interrupt_request',
  'shutdown_request',
  'create_subshell_request',
  'delete_subshell_request',
  'list_subshell_request',
]);

/** What a kernel does, read from its iopub statuses. */
export class KernelActivity {
  #state: 'starting' | 'idle' | 'busy' = 'starting';
  #runningParent: Buffer | undefined;

  get state(): 'starting' | 'idle' | 'busy' {
    return this.#state;
  }

  /** The header frame of the request it works on. */
  get runningParent(): Buffer | undefined {
    return this.#runningParent;
  }

  /** Takes one `status` message. */
  observe(status: MessageFrames): void {
    const state = parseContent(status)?.execution_state;
    if (state !== 'starting' && state !== 'idle' && state !== 'busy') return;
    const parent = parseParentHeader(status.parentHeader);
    if (parent !== undefined && sideRequests.has(parent.messageType)) return;
    this.#state = state;
    this.#runningParent = state === 'busy' ? status.parentHeader : undefined;
  }

  /** Before a new run. */
  reset(): void {
    this.#state = 'starting';
    this.#runningParent = undefined;
  }
}
