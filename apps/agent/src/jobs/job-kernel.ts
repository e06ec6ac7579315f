import { randomUUID } from 'node:crypto';
import {
  createMessage,
  type MessageFrames,
  parseContent,
  parseHeader,
  parseParentHeader,
} from '@strongroom/jupyter-protocol';
import { recordLimitBytes } from '../executions/kernel-records.ts';
import { displayIdOf, type OutputCollector } from '../executions/output-collector.ts';
import type { KernelEnd, KernelProcess } from '../kernels/kernel-process.ts';
import type { KernelSocket } from '../kernels/kernel-socket.ts';
import type { JobFailure } from './job-failure.ts';

export interface CellResult {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | null;
  /** `<ename>: <evalue>` of what was raised. */
  readonly error: string;
}

interface Running {
  readonly outputs: OutputCollector;
  reply: CellResult | undefined;
  isIdle: boolean;
  settle: (result: CellResult) => void;
}

/** The front end of one kernel that runs the cells of a job, one after the other. */
export class JobKernel {
  readonly #process: KernelProcess;
  readonly #shell: KernelSocket;
  readonly #onText: (text: string) => void;
  readonly #describeEnd: (end: KernelEnd) => JobFailure;
  readonly #session = randomUUID();
  readonly #cells = new Map<string, Running>();

  constructor(options: {
    process: KernelProcess;
    onText: (text: string) => void;
    describeEnd: (end: KernelEnd) => JobFailure;
  }) {
    this.#process = options.process;
    this.#onText = options.onText;
    this.#describeEnd = options.describeEnd;
    const onMessage = (frames: MessageFrames) => this.#takeReply(frames);
    this.#shell = this.#process.openSocket({ name: 'shell', onMessage });
    void this.#process.ended.then(() => this.#shell.close());
  }

  /** Resolves when the kernel has said all of it; throws a `JobFailure` where the kernel ends before. */
  async run(
    code: string,
    options: { outputs: OutputCollector; stopsOnError: boolean },
  ): Promise<CellResult> {
    await Promise.race([this.#process.alive, this.#ended()]);
    const message = createMessage({
      type: 'execute_request',
      session: this.#session,
      content: {
        ...{ code, silent: false, store_history: true, user_expressions: {} },
        ...{ allow_stdin: false, stop_on_error: options.stopsOnError },
      },
    });
    const { messageId } = parseHeader(message.header);
    const result = new Promise<CellResult>((settle) => {
      const { outputs } = options;
      this.#cells.set(messageId, { outputs, reply: undefined, isIdle: false, settle });
    });
    this.#shell.send(message);
    return await Promise.race([result, this.#ended()]);
  }

  /** Takes what the kernel publishes, also what comes of a cell after the next has begun. */
  take(frames: MessageFrames): void {
    const parent = parseParentHeader(frames.parentHeader);
    const cell = parent === undefined ? undefined : this.#cells.get(parent.messageId);
    const content = parseContent(frames);
    if (content === undefined) return;
    const { messageType } = parseHeader(frames.header);
    const sizeBytes = frames.content.length;
    const displayId = displayIdOf(content);
    if (displayId !== undefined) {
      for (const { outputs } of this.#cells.values()) outputs.update(displayId, content, sizeBytes);
    }
    if (cell === undefined || messageType === 'update_display_data') return;
    if (messageType === 'status') {
      if (content.execution_state === 'idle') cell.isIdle = true;
      this.#settle(cell);
      return;
    }
    if (cell.outputs.sizeBytes + sizeBytes > recordLimitBytes) return;
    cell.outputs.take(messageType, content, sizeBytes);
    if (messageType === 'stream') this.#onText(String(content.text));
    if (messageType === 'error') this.#onText(`${content.ename}: ${content.evalue}\n`);
  }

  #takeReply(frames: MessageFrames): void {
    const parent = parseParentHeader(frames.parentHeader);
    const cell = parent === undefined ? undefined : this.#cells.get(parent.messageId);
    const content = parseContent(frames);
    if (cell === undefined || content === undefined) return;
    const { status, execution_count: count, ename, evalue } = content;
    cell.reply = {
      status: status === 'ok' || status === 'error' ? status : 'aborted',
      executionCount: Number.isInteger(count) ? Number(count) : null,
      error: `${ename}: ${evalue}`,
    };
    this.#settle(cell);
  }

  #settle({ reply, isIdle, settle }: Running): void {
    if (reply !== undefined && isIdle) settle(reply);
  }

  async #ended(): Promise<never> {
    throw this.#describeEnd(await this.#process.ended);
  }
}
