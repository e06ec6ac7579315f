import type { JsonObject } from '../contents/notebook-shape.ts';
import { OutputCollector } from './output-collector.ts';

export interface ExecutionRequest {
  readonly messageId: string;
  /** Of the page that asked. */
  readonly sessionId: string;
  readonly cellId: string;
  readonly code: string;
}

/** What a page is given of an execution that another one asked for. */
export interface ExecutionReplay {
  readonly cell_id: string;
  readonly message_id: string;
  readonly execution_count: number | null;
  readonly is_running: boolean;
  readonly outputs: readonly { readonly output: JsonObject; readonly displayId: string | null }[];
}

/** One execution of a cell, and what came of it. */
export class ExecutionRecord {
  readonly request: ExecutionRequest;
  readonly beganAtMilliseconds: number;
  readonly outputs = new OutputCollector();
  /** The page that shows all of it as it comes. */
  sessionId: string;
  executionCount: number | null = null;
  endedAtMilliseconds: number | undefined;
  /** The notebook file holds all of it. */
  isSaved = false;
  /** Somebody has been shown all of it: what they save from then on is what they want. */
  isReleased = false;
  /** The notebook was saved by a page since this began: its cells are as the person wants them. */
  isSavedSince = false;
  /** More was written than is kept. */
  isShortened = false;
  /** Grows with each change, so that one during a write is noticed. */
  changeCount = 0;

  constructor(request: ExecutionRequest, nowMilliseconds: number) {
    this.request = request;
    this.sessionId = request.sessionId;
    this.beganAtMilliseconds = nowMilliseconds;
  }

  get hasEnded(): boolean {
    return this.endedAtMilliseconds !== undefined;
  }

  change(): void {
    this.changeCount += 1;
    this.isSaved = false;
    this.isReleased = false;
  }

  /** Further output can come even then: of threads that the cell has left behind. */
  end(nowMilliseconds: number): void {
    if (this.hasEnded) return;
    this.endedAtMilliseconds = nowMilliseconds;
    this.change();
  }

  toReplay(): ExecutionReplay {
    return {
      cell_id: this.request.cellId,
      message_id: this.request.messageId,
      execution_count: this.executionCount,
      is_running: !this.hasEnded,
      outputs: this.outputs.toReplay(),
    };
  }
}
