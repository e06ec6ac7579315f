import { parseContent, parseParentHeader } from '@strongroom/jupyter-protocol';
import { isObject } from '../contents/notebook-shape.ts';
import type { KernelMessage } from '../kernels/kernel-message.ts';
import { ExecutionRecord, type ExecutionRequest } from './execution-record.ts';
import { displayIdOf } from './output-collector.ts';

/** A notebook cannot hold more than this and be opened again. */
export const recordLimitBytes = 32 * 1024 * 1024;
const cellIdPattern = /^[a-zA-Z0-9_-]{1,64}$/;

/** The executions that one kernel was asked for, the newest of each cell. */
export class KernelRecords {
  /** The notebooks of its sessions, as last known. */
  paths: readonly string[] = [];
  /** No page is connected to it. */
  isAlone = false;
  readonly #now: () => number;
  readonly #shortenedText: () => string;
  readonly #byMessage = new Map<string, ExecutionRecord>();
  readonly #byCell = new Map<string, ExecutionRecord>();
  /** Messages mostly have the same parent as the one before. */
  #lastParent: { readonly frame: Buffer; readonly record: ExecutionRecord | undefined } | undefined;

  constructor(options: { now: () => number; shortenedText: () => string }) {
    this.#now = options.now;
    this.#shortenedText = options.shortenedText;
  }

  get sizeBytes(): number {
    let sizeBytes = 0;
    for (const { outputs } of this.#byMessage.values()) sizeBytes += outputs.sizeBytes;
    return sizeBytes;
  }

  /** In the order in which they were asked for. */
  list(): ExecutionRecord[] {
    return [...this.#byMessage.values()];
  }

  begin(sessionId: string, message: KernelMessage): void {
    const request = readRequest(sessionId, message);
    if (request === undefined) return;
    const before = this.#byCell.get(request.cellId);
    if (before !== undefined) this.forget(before);
    const record = new ExecutionRecord(request, this.#now());
    this.#byCell.set(request.cellId, record);
    this.#byMessage.set(request.messageId, record);
    this.#lastParent = undefined;
  }

  /** Whether anything is different now. */
  take(message: KernelMessage): boolean {
    const record = this.#recordOf(message.frames.parentHeader);
    const { messageType } = message.header;
    const isUpdate = messageType === 'update_display_data';
    if (record === undefined && !isUpdate) return false;
    const content = parseContent(message.frames);
    if (content === undefined) return false;
    const sizeBytes = message.frames.content.length;
    const displayId = displayIdOf(content);
    const isChangedElsewhere =
      displayId !== undefined && this.#updateDisplays(displayId, content, sizeBytes);
    if (record === undefined || isUpdate) return isChangedElsewhere;
    return this.#takeInto(record, { messageType, content, sizeBytes }) || isChangedElsewhere;
  }

  /** Nothing more comes of what was asked for. */
  endAll(): void {
    for (const record of this.list()) record.end(this.#now());
  }

  forget(record: ExecutionRecord): void {
    this.#byMessage.delete(record.request.messageId);
    if (this.#byCell.get(record.request.cellId) === record) {
      this.#byCell.delete(record.request.cellId);
    }
    this.#lastParent = undefined;
  }

  #takeInto(
    record: ExecutionRecord,
    message: {
      readonly messageType: string;
      readonly content: Readonly<Record<string, unknown>>;
      readonly sizeBytes: number;
    },
  ): boolean {
    const { messageType, content, sizeBytes } = message;
    if (messageType === 'status') {
      if (content.execution_state !== 'idle') return false;
      record.end(this.#now());
      return true;
    }
    if (messageType === 'execute_input') {
      const count = content.execution_count;
      record.executionCount = Number.isInteger(count) ? Number(count) : null;
      record.change();
      return true;
    }
    if (messageType !== 'clear_output' && this.#isFull(record, sizeBytes)) return false;
    if (!record.outputs.take(messageType, content, sizeBytes)) return false;
    record.change();
    return true;
  }

  #isFull(record: ExecutionRecord, sizeBytes: number): boolean {
    if (record.outputs.sizeBytes + sizeBytes <= recordLimitBytes) return false;
    if (!record.isShortened) {
      record.isShortened = true;
      record.outputs.take('stream', { name: 'stderr', text: this.#shortenedText() }, 0);
      record.change();
    }
    return true;
  }

  #updateDisplays(
    displayId: string,
    content: Readonly<Record<string, unknown>>,
    sizeBytes: number,
  ): boolean {
    let isChanged = false;
    for (const record of this.#byMessage.values()) {
      if (!record.outputs.update(displayId, content, sizeBytes)) continue;
      record.change();
      isChanged = true;
    }
    return isChanged;
  }

  #recordOf(parentHeader: Buffer): ExecutionRecord | undefined {
    if (this.#lastParent?.frame.equals(parentHeader)) return this.#lastParent.record;
    const parent = parseParentHeader(parentHeader);
    const record = parent === undefined ? undefined : this.#byMessage.get(parent.messageId);
    this.#lastParent = { frame: parentHeader, record };
    return record;
  }
}

/** Of a cell: Lab names it in the request's metadata. Consoles and extensions name none. */
function readRequest(sessionId: string, message: KernelMessage): ExecutionRequest | undefined {
  if (message.header.messageType !== 'execute_request') return undefined;
  const content = parseContent(message.frames);
  const metadata = parseContent({ ...message.frames, content: message.frames.metadata });
  const cellId = metadata?.cellId;
  if (!isObject(content) || content.silent === true || typeof content.code !== 'string') {
    return undefined;
  }
  if (typeof cellId !== 'string' || !cellIdPattern.test(cellId)) return undefined;
  return { messageId: message.header.messageId, sessionId, cellId, code: content.code };
}
