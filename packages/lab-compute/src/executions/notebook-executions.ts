import { type Cell, CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { type ExecutionReplay, parseReplays, replayMessageType } from './execution-replay.ts';
import { ResumedOutputs } from './resumed-outputs.ts';

interface Resumed {
  readonly cell: CodeCell;
  readonly outputs: ResumedOutputs;
  /** Of this page's own execution of the cell, if any: a later one takes the cell over. */
  readonly ownExecution: unknown;
  executionCount: number | null;
}

const endingStatuses: ReadonlySet<Kernel.Status> = new Set([
  'restarting',
  'autorestarting',
  'terminating',
  'dead',
]);

/** Asks for what this connection cannot have seen; it comes over the connection itself. */
export type AskForReplay = (kernelId: string, sessionId: string) => Promise<void>;

/** Shows in one open notebook what its cells have written, and write, without this page having run them. */
export class NotebookExecutions {
  readonly #panel: NotebookPanel;
  readonly #ask: AskForReplay;
  readonly #resumed = new Map<string, Resumed>();
  #kernel: Kernel.IKernelConnection | undefined;
  /** The connection that has been asked for. */
  #asked: Kernel.IKernelConnection | undefined;

  constructor(panel: NotebookPanel, ask: AskForReplay) {
    this.#panel = panel;
    this.#ask = ask;
    const follow = () => this.#follow(panel.sessionContext.session?.kernel ?? undefined);
    panel.sessionContext.kernelChanged.connect(follow);
    panel.sessionContext.connectionStatusChanged.connect(() => this.#askOnce());
    panel.disposed.connect(() => this.#follow(undefined));
    void panel.context.ready.then(() => {
      follow();
      this.#askOnce();
    });
  }

  #follow(kernel: Kernel.IKernelConnection | undefined): void {
    if (kernel === this.#kernel) return;
    this.#kernel?.iopubMessage.disconnect(this.#take, this);
    this.#kernel?.statusChanged.disconnect(this.#observeStatus, this);
    this.#kernel = kernel;
    this.#leaveAll();
    kernel?.iopubMessage.connect(this.#take, this);
    kernel?.statusChanged.connect(this.#observeStatus, this);
    this.#askOnce();
  }

  #observeStatus(_kernel: Kernel.IKernelConnection, status: Kernel.Status): void {
    if (endingStatuses.has(status)) this.#leaveAll();
  }

  /** Nothing more comes of what was running. */
  #leaveAll(): void {
    for (const { cell } of this.#resumed.values()) markIdle(cell);
    this.#resumed.clear();
  }

  #askOnce(): void {
    const kernel = this.#kernel;
    if (kernel === undefined || this.#asked === kernel) return;
    if (kernel.connectionStatus !== 'connected' || !this.#panel.context.isReady) return;
    this.#asked = kernel;
    this.#ask(kernel.id, kernel.clientId).catch(() => {
      // The connection was lost at once: it is asked for with the next.
      if (this.#asked === kernel) this.#asked = undefined;
    });
  }

  #take(_kernel: Kernel.IKernelConnection, message: KernelMessage.IIOPubMessage): void {
    const type: string = message.header.msg_type;
    if (type === replayMessageType) {
      for (const replay of parseReplays(message.content)) this.#show(replay);
      return;
    }
    const parent = message.parent_header;
    const resumed = 'msg_id' in parent ? this.#resumed.get(parent.msg_id) : undefined;
    if (resumed === undefined || !isStillResumed(resumed)) return;
    const content = message.content as ReadonlyJSONObject;
    resumed.outputs.take(type, content);
    if (type === 'execute_input') resumed.executionCount = Number(content.execution_count);
    if (type === 'status' && content.execution_state === 'idle') finish(resumed);
  }

  #show(replay: ExecutionReplay): void {
    const cell = this.#panel.content.widgets.find(({ model }) => model.id === replay.cellId);
    if (!isResumable(cell)) return;
    const { model } = cell;
    // The person's own kernel made them.
    model.trusted = true;
    const outputs = new ResumedOutputs(model.outputs, replay);
    const resumed = {
      ...{ cell, outputs, executionCount: replay.executionCount },
      ownExecution: executionOf(cell),
    };
    this.#resumed.set(replay.messageId, resumed);
    if (!replay.isRunning) {
      finish(resumed);
      return;
    }
    model.executionCount = null;
    model.executionState = 'running';
  }
}

/** A cell that is not shown has no output area yet. */
function executionOf(cell: CodeCell): unknown {
  const area: { readonly future: unknown } | undefined = cell.outputArea;
  return area?.future ?? undefined;
}

function isStillResumed({ cell, ownExecution }: Resumed): boolean {
  return !cell.isDisposed && executionOf(cell) === ownExecution;
}

/** Not where the page has run the cell itself meanwhile. */
function isResumable(cell: Cell | undefined): cell is CodeCell {
  return cell instanceof CodeCell && !cell.isDisposed && cell.model.executionState !== 'running';
}

/** Threads that the cell has left behind may still write. */
function finish({ cell, executionCount }: Resumed): void {
  if (executionCount !== null) cell.model.executionCount = executionCount;
  markIdle(cell);
}

function markIdle(cell: CodeCell): void {
  if (!cell.isDisposed) cell.model.executionState = 'idle';
}
