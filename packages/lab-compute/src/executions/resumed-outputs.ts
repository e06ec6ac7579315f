import type { IOutput } from '@jupyterlab/nbformat';
import type { JSONObject, ReadonlyJSONObject } from '@lumino/coreutils';
import type { ExecutionReplay } from './execution-replay.ts';

/** The part of Lab's output area model that takes outputs. */
export interface OutputsModel {
  readonly length: number;
  add(output: IOutput): number;
  set(index: number, output: IOutput): void;
  clear(wait?: boolean): void;
  fromJSON(outputs: IOutput[]): void;
}

/** Goes on with the outputs of a cell where the agent's record of them ends. */
export class ResumedOutputs {
  readonly #outputs: OutputsModel;
  /** Where each display is shown. */
  readonly #displays = new Map<string, number[]>();
  #clearsNext = false;

  constructor(outputs: OutputsModel, replay: ExecutionReplay) {
    this.#outputs = outputs;
    outputs.fromJSON(replay.outputs.map(({ output }) => output));
    for (const [index, { displayId }] of replay.outputs.entries()) {
      if (displayId !== null) this.#remember(displayId, index);
    }
  }

  /** Takes one message of the kernel's, in the order in which they came. */
  take(messageType: string, content: ReadonlyJSONObject): void {
    switch (messageType) {
      case 'stream':
      case 'error':
      case 'display_data':
      case 'execute_result':
        this.#add(messageType, content);
        break;
      case 'update_display_data':
        this.#update(content);
        break;
      case 'clear_output':
        this.#clear(content.wait === true);
        break;
    }
  }

  #add(messageType: string, content: ReadonlyJSONObject): void {
    if (this.#clearsNext) this.#displays.clear();
    this.#clearsNext = false;
    this.#outputs.add({ ...content, output_type: messageType } as IOutput);
    const displayId = displayIdOf(content);
    if (displayId !== undefined) this.#remember(displayId, this.#outputs.length - 1);
  }

  #update(content: ReadonlyJSONObject): void {
    for (const index of this.#displays.get(displayIdOf(content) ?? '') ?? []) {
      this.#outputs.set(index, { ...content, output_type: 'display_data' } as IOutput);
    }
  }

  #clear(waits: boolean): void {
    this.#clearsNext = waits;
    if (!waits) this.#displays.clear();
    this.#outputs.clear(waits);
  }

  #remember(displayId: string, index: number): void {
    this.#displays.set(displayId, [...(this.#displays.get(displayId) ?? []), index]);
  }
}

function displayIdOf(content: ReadonlyJSONObject): string | undefined {
  const transient = content.transient as JSONObject | undefined;
  return typeof transient?.display_id === 'string' ? transient.display_id : undefined;
}
